//! A recipe: a flow with holes, and what to ask for to fill them. The first of two compile stages: recipe → flow, which people
//! edit; flow → plan, which runs. A recipe itself never runs.

mod check;
pub mod fields;
mod fill;
mod from_flow;
mod input;
mod read;
mod text;
mod walk;

pub use from_flow::{About, from_flow};
pub use input::{Input, Type};

use crate::Problem;
use crate::flow::{Schema, complete_ids};
use serde_json::{Map, Value};

/// The JSON Schema (2020-12) of the recipe document, for editors; `Recipe::check` is what decides.
pub const JSON_SCHEMA: &str = include_str!("../../schema/recipe.json");

/// A recipe as it was written, its inputs read.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    pub key: String,
    pub name: String,
    pub description: String,
    /// One of [`fields::CATEGORIES`].
    pub category: String,
    pub icon: Option<String>,
    pub inputs: Vec<Input>,
    flow: Value,
    cases: Vec<Value>,
}

impl Recipe {
    /// Reads a recipe and says all that is wrong with it: with its fields, its holes, and the flow that it makes of sample
    /// values, each with its path.
    pub fn check(document: &Value, schema: &dyn Schema) -> Result<Self, Vec<Problem>> {
        read::checked(document, schema)
    }

    /// Reads a recipe that was checked before: what does not fit by now is said when it is installed.
    pub fn read(document: &Value, schema: &dyn Schema) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let recipe = read::recipe(document, schema, &mut problems);
        recipe.filter(|_| problems.is_empty()).ok_or(problems)
    }

    /// The flow's document with these values in its holes, step ids completed. It is compiled by whoever saves it.
    pub fn install(
        &self,
        given: &Map<String, Value>,
        schema: &dyn Schema,
    ) -> Result<Value, Vec<Problem>> {
        let values = input::values(&self.inputs, given, schema.filters())?;
        let mut flow = fill::filled(&self.flow, &self.inputs, &values, schema);
        complete_ids(&mut flow);
        Ok(flow)
    }

    /// Values to try the recipe with: examples, else defaults, else what fits the type.
    pub fn samples(&self) -> Map<String, Value> {
        let samples = self.inputs.iter();
        samples
            .map(|input| (input.name.clone(), input.sample()))
            .collect()
    }

    /// Its test cases, each ready for the flow that is made of its inputs: samples unless the case has its own.
    pub fn cases(&self) -> Vec<(Map<String, Value>, Value)> {
        let ready = |case: &Value| {
            let mut inputs = self.samples();
            let mut case = case.clone();
            if let Some(Value::Object(own)) = case
                .as_object_mut()
                .and_then(|case| case.shift_remove("inputs"))
            {
                inputs.extend(own);
            }
            let case = fill::filled_data(&case, &inputs);
            (inputs, case)
        };
        self.cases.iter().map(ready).collect()
    }
}
