//! The field names of a recipe, each object's in one list: what the reader knows, and what the JSON Schema must name.

pub const RECIPE: &[&str] = &[
    "$schema",
    "key",
    "name",
    "description",
    "category",
    "icon",
    "inputs",
    "flow",
    "cases",
];
pub const INPUT: &[&str] = &[
    "name", "label", "type", "help", "required", "default", "example", "choices", "kinds",
];
pub const CHOICE: &[&str] = &["value", "label"];

/// What recipes are for, in the order of the gallery.
pub const CATEGORIES: &[&str] = &[
    "crm",
    "communication",
    "calendar",
    "support",
    "webhooks",
    "data",
    "live",
    "alerts",
    "other",
];
