//! A recipe's test cases, run without a server: each makes a flow of its inputs and tries that out, dry.

use crate::schema::Vocabulary;
use crate::{Case, Judged, Offline};
use kernel::Problem;
use kernel::recipe::Recipe;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// What came of one case, or why it could not be run.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Trial {
    #[serde(serialize_with = "either")]
    pub judged: Result<Judged, Vec<Problem>>,
}

impl Trial {
    pub fn ok(&self) -> bool {
        self.judged.as_ref().is_ok_and(|judged| judged.ok)
    }
}

fn either<S: serde::Serializer>(
    judged: &Result<Judged, Vec<Problem>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match judged {
        Ok(judged) => judged.serialize(serializer),
        Err(problems) => json!({ "ok": false, "problems": problems }).serialize(serializer),
    }
}

/// Checks a recipe and runs its cases; paths of what is wrong with a case are those of the recipe.
pub async fn try_out(document: &Value) -> Result<Vec<Trial>, Vec<Problem>> {
    let world = actions::World::new(actions::Config::default());
    let vocabulary = Vocabulary::of(&world);
    let recipe = Recipe::check(document, &vocabulary)?;
    let stage = Offline::new(&[]);
    let mut trials = Vec::new();
    for (number, (inputs, case)) in recipe.cases().into_iter().enumerate() {
        let judged = judged(&recipe, &vocabulary, &stage, &inputs, case).await;
        let here = |path: &str| path.replacen("/cases/0", &format!("/cases/{number}"), 1);
        trials.push(Trial {
            judged: match judged {
                Ok(mut judged) => {
                    for difference in &mut judged.differences {
                        difference.path = here(&difference.path);
                    }
                    Ok(judged)
                }
                Err(problems) => Err(problems
                    .into_iter()
                    .map(|problem| match problem.path.strip_prefix("/inputs") {
                        Some(rest) => {
                            let path = format!("/cases/{number}/inputs{rest}");
                            Problem::new(path, problem.message)
                        }
                        None => Problem::new(here(&problem.path), problem.message),
                    })
                    .collect()),
            },
        });
    }
    Ok(trials)
}

async fn judged(
    recipe: &Recipe,
    vocabulary: &Vocabulary<'_>,
    stage: &Offline,
    inputs: &Map<String, Value>,
    case: Value,
) -> Result<Judged, Vec<Problem>> {
    let mut flow = recipe.install(inputs, vocabulary)?;
    stage.check(&flow)?;
    flow["cases"] = json!([case]);
    let cases = Case::read(&flow)?;
    let nothing = || vec![Problem::new("/cases", "there is no case")];
    cases.first().ok_or_else(nothing)?.run(stage, &flow).await
}
