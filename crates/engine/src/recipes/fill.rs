//! From a recipe and what somebody gave for its inputs to a flow: looked at first, kept after that.

use super::{Recipe, Source};
use crate::Refusal;
use crate::engine::Inner;
use crate::flows::{Change, Flow};
use crate::schema::Vocabulary;
use kernel::Problem;
use kernel::id::WorkspaceId;
use kernel::recipe::Input;
use serde_json::{Map, Value};

/// A recipe whose holes are filled.
#[derive(Debug)]
pub struct Filled {
    pub recipe: Recipe,
    /// The flow's document; whether it is right is said when it is saved.
    pub document: Value,
}

/// A recipe as a form and a summary need it.
#[derive(Debug)]
pub struct Outlook {
    pub inputs: Vec<Input>,
    /// The flow that comes of its examples.
    pub sample: Value,
    /// What is wrong with it by now, though it was right when it was kept.
    pub problems: Vec<Problem>,
}

impl Inner {
    pub(crate) fn outlook(&self, recipe: &Recipe) -> Outlook {
        let vocabulary = Vocabulary::of(&*self.world);
        let checked = self.check_recipe(&recipe.document);
        let problems = checked.as_ref().err().cloned().unwrap_or_default();
        match self.read_recipe(&recipe.document) {
            Ok(read) => Outlook {
                sample: read
                    .install(&read.samples(), &vocabulary)
                    .unwrap_or_default(),
                inputs: read.inputs,
                problems,
            },
            Err(problems) => Outlook {
                inputs: Vec::new(),
                sample: Value::Null,
                problems,
            },
        }
    }

    pub(crate) async fn fill_recipe(
        &self,
        workspace: WorkspaceId,
        which: &str,
        inputs: &Map<String, Value>,
    ) -> Result<Filled, Refusal> {
        let recipe = self.recipe(workspace, which).await?;
        let read = self.read_recipe(&recipe.document);
        let read = read.map_err(|problems| {
            let first = problems
                .first()
                .map_or("", |problem| problem.message.as_str());
            Refusal::NotNow(format!("the recipe cannot be used any more: {first}"))
        })?;
        let document = read.install(inputs, &Vocabulary::of(&*self.world));
        let document = document.map_err(Refusal::Invalid)?;
        Ok(Filled { recipe, document })
    }

    /// Keeps the flow of a filled recipe, off unless `enabled`. What came from elsewhere is looked at before it is switched on.
    pub(crate) async fn install_recipe(
        &self,
        workspace: WorkspaceId,
        filled: Filled,
        enabled: bool,
        change: Change,
    ) -> Result<Flow, Refusal> {
        let Filled {
            recipe,
            mut document,
        } = filled;
        if enabled && recipe.source() == Source::Imported {
            return Err(Refusal::NotNow(
                "this recipe was imported: install it without `enabled`, look at the flow, and switch it on then".into(),
            ));
        }
        document["enabled"] = enabled.into();
        let note = format!("Installed from the recipe {}", recipe.key());
        let change = Change {
            note: Some(note),
            ..change
        };
        self.save_flow(workspace, None, document, change).await
    }
}
