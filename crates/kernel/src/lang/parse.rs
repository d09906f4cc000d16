//! The grammar, by recursive descent: `or`, `and`, `not`, one comparison, `+ -` and filters, `* /`, sign.
//! A filter takes everything arithmetic to its left (`duration / 60 | round`) and less than a comparison.

use super::filter::Filters;
use super::node::Node;
use super::number::Arithmetic;
use super::relation::{MAX_PATTERNS, Relation, pattern};
use super::token::{KEYWORDS, Lexeme, Token, tokens, tokens_or_place};
use super::{MAX_DEPTH, Path};
use serde_json::Value;
use std::ops::Range;

/// An expression and every path that it reads, in order, repeated as written.
pub(super) fn parse(source: &str, filters: Filters) -> Result<(Node, Vec<Path>), String> {
    let mut parser = Parser::new(source, filters, tokens(source)?);
    let tree = parser.any()?;
    match parser.peek() {
        None => Ok((tree.node, parser.paths)),
        Some(lexeme) => Err(format!("unexpected `{}`", lexeme.text)),
    }
}

/// Where the word stands that ended the reading of an expression that does not parse.
pub(super) fn trouble(source: &str, filters: Filters) -> Range<usize> {
    let lexemes = match tokens_or_place(source) {
        Ok(lexemes) => lexemes,
        Err((_, from)) => return from..source.len(),
    };
    let mut parser = Parser::new(source, filters, lexemes);
    let read = parser.any();
    // What was wrong was taken already, but for what stands there too much.
    let at = parser.at.saturating_sub(usize::from(read.is_err()));
    let word = parser.lexemes.get(at);
    word.map_or(source.len()..source.len(), |word| {
        word.from..word.from + word.text.len()
    })
}

/// A node with its depth, which is known to be within `MAX_DEPTH`.
struct Tree {
    node: Node,
    depth: usize,
}

impl Tree {
    fn leaf(node: Node) -> Tree {
        Tree { node, depth: 1 }
    }

    fn over(node: Node, below: usize) -> Result<Tree, String> {
        if below >= MAX_DEPTH {
            return Err(format!("an expression may nest at most {MAX_DEPTH} deep"));
        }
        Ok(Tree {
            node,
            depth: below + 1,
        })
    }

    fn over_all(trees: Vec<Tree>, build: fn(Vec<Node>) -> Node) -> Result<Tree, String> {
        let below = trees.iter().map(|tree| tree.depth).max().unwrap_or(0);
        Tree::over(
            build(trees.into_iter().map(|tree| tree.node).collect()),
            below,
        )
    }
}

struct Parser<'s> {
    source: &'s str,
    filters: Filters,
    lexemes: Vec<Lexeme<'s>>,
    at: usize,
    nesting: usize,
    patterns: usize,
    paths: Vec<Path>,
}

impl<'s> Parser<'s> {
    fn new(source: &'s str, filters: Filters, lexemes: Vec<Lexeme<'s>>) -> Self {
        Self {
            source,
            filters,
            lexemes,
            at: 0,
            nesting: 0,
            patterns: 0,
            paths: Vec::new(),
        }
    }

    fn peek(&self) -> Option<&Lexeme<'s>> {
        self.lexemes.get(self.at)
    }

    fn is_word(&self, at: usize, word: &str) -> bool {
        self.lexemes
            .get(at)
            .is_some_and(|l| l.token == Token::Word && l.text == word)
    }

    fn word(&mut self, word: &str) -> bool {
        let found = self.is_word(self.at, word);
        self.at += usize::from(found);
        found
    }

    fn sign(&mut self, sign: &'static str) -> bool {
        let found = self
            .peek()
            .is_some_and(|lexeme| lexeme.token == Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Result<Tree, String>) -> Result<Tree, String> {
        self.nesting += 1;
        if self.nesting > MAX_DEPTH {
            return Err(format!("an expression may nest at most {MAX_DEPTH} deep"));
        }
        let tree = inner(self);
        self.nesting -= 1;
        tree
    }

    fn any(&mut self) -> Result<Tree, String> {
        self.chain("or", Self::all, Node::Any)
    }

    fn all(&mut self) -> Result<Tree, String> {
        self.chain("and", Self::not, Node::All)
    }

    fn chain(
        &mut self,
        word: &str,
        term: fn(&mut Self) -> Result<Tree, String>,
        build: fn(Vec<Node>) -> Node,
    ) -> Result<Tree, String> {
        let first = term(self)?;
        if !self.is_word(self.at, word) {
            return Ok(first);
        }
        let mut terms = vec![first];
        while self.word(word) {
            terms.push(term(self)?);
        }
        Tree::over_all(terms, build)
    }

    fn not(&mut self) -> Result<Tree, String> {
        if !self.word("not") {
            return self.comparison();
        }
        let tree = self.nested(Self::not)?;
        Tree::over(Node::Not(Box::new(tree.node)), tree.depth)
    }

    /// At most one comparison; a word may have `not` before it (`not in`).
    fn comparison(&mut self) -> Result<Tree, String> {
        let left = self.sum()?;
        let negated = self.is_word(self.at, "not");
        let Some(operator) = self.lexemes.get(self.at + usize::from(negated)) else {
            return Ok(left);
        };
        let (is_word, text) = (operator.token == Token::Word, operator.text);
        let relation = Relation::named(text).filter(|_| is_word || !negated);
        let unary = is_word && ["is_empty", "exists"].contains(&text);
        if relation.is_none() && !unary {
            return Ok(left);
        }
        self.at += 1 + usize::from(negated);
        let tree = match relation {
            Some(relation) => self.related(relation, left)?,
            None if text == "exists" => Tree::over(Node::Exists(Box::new(left.node)), left.depth)?,
            None => Tree::over(Node::IsEmpty(Box::new(left.node)), left.depth)?,
        };
        if negated {
            Tree::over(Node::Not(Box::new(tree.node)), tree.depth)
        } else {
            Ok(tree)
        }
    }

    fn related(&mut self, relation: Relation, left: Tree) -> Result<Tree, String> {
        let right = self.sum()?;
        let below = left.depth.max(right.depth);
        let node = match (relation, &right.node) {
            (Relation::Matches, Node::Literal(Value::String(text))) => {
                self.patterns += 1;
                if self.patterns > MAX_PATTERNS {
                    return Err(format!(
                        "an expression may have at most {MAX_PATTERNS} patterns"
                    ));
                }
                Node::Pattern(Box::new(left.node), pattern(text)?)
            }
            _ => Node::Relation(relation, Box::new(left.node), Box::new(right.node)),
        };
        Tree::over(node, below)
    }

    fn sum(&mut self) -> Result<Tree, String> {
        let from = self.peek().map_or(self.source.len(), |lexeme| lexeme.from);
        let mut left = self.product()?;
        let mut filtered = false;
        loop {
            let end = self.peek().map_or(self.source.len(), |lexeme| lexeme.from);
            if self.sign("|") {
                left = self.filter(left, self.source[from..end].trim_end())?;
                filtered = true;
            } else if let Some(operator) = self.operator(if filtered { "+-*/" } else { "+-" }) {
                left = Self::calculated(operator, left, self.product()?)?;
            } else {
                return Ok(left);
            }
        }
    }

    fn product(&mut self) -> Result<Tree, String> {
        let mut left = self.signed()?;
        while let Some(operator) = self.operator("*/") {
            left = Self::calculated(operator, left, self.signed()?)?;
        }
        Ok(left)
    }

    fn operator(&mut self, allowed: &str) -> Option<Arithmetic> {
        let Token::Sign(sign) = self.peek()?.token else {
            return None;
        };
        let operator = Arithmetic::named(sign).filter(|_| allowed.contains(sign))?;
        self.at += 1;
        Some(operator)
    }

    fn calculated(operator: Arithmetic, left: Tree, right: Tree) -> Result<Tree, String> {
        let below = left.depth.max(right.depth);
        Tree::over(
            Node::Arithmetic(operator, Box::new(left.node), Box::new(right.node)),
            below,
        )
    }

    fn signed(&mut self) -> Result<Tree, String> {
        if !self.sign("-") {
            return self.operand();
        }
        let tree = self.nested(Self::signed)?;
        let zero = Tree::leaf(Node::Literal(Value::from(0)));
        match tree
            .node
            .literal()
            .and_then(|value| Arithmetic::Minus.apply(&Value::from(0), value).ok())
        {
            Some(value) => Ok(Tree::leaf(Node::Literal(value))),
            None => Self::calculated(Arithmetic::Minus, zero, tree),
        }
    }

    fn filter(&mut self, input: Tree, written: &str) -> Result<Tree, String> {
        let name = match self.peek() {
            Some(lexeme) if lexeme.token == Token::Word => lexeme.text,
            Some(lexeme) => return Err(format!("`{}` is not the name of a filter", lexeme.text)),
            None => return Err("the name of a filter is missing after `|`".to_owned()),
        };
        self.at += 1;
        let filter = self.filters.named(name)?;
        let arguments = if self.sign("(") {
            self.list(")")?
        } else {
            Vec::new()
        };
        let below = arguments
            .iter()
            .map(|tree| tree.depth)
            .max()
            .unwrap_or(0)
            .max(input.depth);
        let arguments: Vec<Node> = arguments.into_iter().map(|tree| tree.node).collect();
        filter.check(&arguments)?;
        let written = written.into();
        Tree::over(
            Node::Filter {
                filter,
                input: Box::new(input.node),
                arguments,
                written,
            },
            below,
        )
    }

    fn list(&mut self, close: &'static str) -> Result<Vec<Tree>, String> {
        let mut items = Vec::new();
        while !self.sign(close) {
            if !items.is_empty() && !self.sign(",") {
                return Err(format!("`,` or `{close}` is missing"));
            }
            items.push(self.nested(Self::any)?);
        }
        Ok(items)
    }

    fn operand(&mut self) -> Result<Tree, String> {
        let Some(lexeme) = self.peek().cloned() else {
            return Err("a value is missing at the end".to_owned());
        };
        self.at += 1;
        let node = match (lexeme.token, lexeme.text) {
            (Token::Literal(value), _) => Node::Literal(value),
            (Token::Path(path), text) => self.read(path, text),
            (Token::Word, "true") => Node::Literal(Value::Bool(true)),
            (Token::Word, "false") => Node::Literal(Value::Bool(false)),
            (Token::Word, "null") => Node::Literal(Value::Null),
            (Token::Word, text) if !KEYWORDS.contains(&text) => self.read(
                Path {
                    root: text.to_owned(),
                    rest: Vec::new(),
                    view: false,
                },
                text,
            ),
            (Token::Sign("["), _) => return Tree::over_all(self.list("]")?, Node::List),
            (Token::Sign("("), _) => {
                let tree = self.nested(Self::any)?;
                return if self.sign(")") {
                    Ok(tree)
                } else {
                    Err("`)` is missing".to_owned())
                };
            }
            (_, text) => return Err(format!("a value is missing before `{text}`")),
        };
        Ok(Tree::leaf(node))
    }

    fn read(&mut self, path: Path, written: &str) -> Node {
        self.paths.push(path.clone());
        Node::Path {
            path,
            written: written.into(),
        }
    }
}
