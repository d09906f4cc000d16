//! One operation of the OpenAPI document as HTML.

use super::schema;
use super::text::{escape, inline, prose};
use serde_json::Value;

pub struct Operation<'a> {
    pub tag: &'a str,
    method: &'a str,
    path: &'a str,
    body: &'a Value,
}

pub fn all(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, body)| Operation {
            tag: body["tags"][0].as_str().unwrap_or("other"),
            method,
            path,
            body,
        })
    });
    operations.collect()
}

impl Operation<'_> {
    pub fn html(&self) -> String {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default();
        let permission = match text("x-permission") {
            "public" => "open to everybody".to_owned(),
            "any" => "any key or session".to_owned(),
            scope => format!("scope <code>{}</code>", escape(scope)),
        };
        let mut html = format!(
            "<h3 id=\"{}\"><span class=\"method\">{}</span> <code>{}</code></h3><p><strong>{}</strong> <span class=\"mild\">· {permission}</span></p>",
            escape(text("operationId")),
            self.method,
            escape(self.path),
            inline(text("summary"))
        );
        html += &prose(text("description"));
        html += &format!(
            "<table>{}{}{}</table>",
            self.parameters(),
            self.request(),
            self.responses()
        );
        html
    }

    fn parameters(&self) -> String {
        let all = self.body["parameters"].as_array().into_iter().flatten();
        let row = |parameter: &Value| {
            let text = |name: &str| parameter[name].as_str().unwrap_or_default();
            format!(
                "<tr><td><code>{}</code> <span class=\"mild\">{}</span></td><td>{}</td><td>{}</td></tr>",
                escape(text("name")),
                escape(text("in")),
                schema::kind(&parameter["schema"]),
                inline(text("description"))
            )
        };
        all.map(row).collect()
    }

    fn request(&self) -> String {
        let forms = self.body["requestBody"]["content"]
            .as_object()
            .into_iter()
            .flatten();
        let row = |(kind, content): (&String, &Value)| {
            format!(
                "<tr><td>body</td><td>{}</td><td class=\"mild\">{}</td></tr>",
                schema::kind(&content["schema"]),
                escape(kind)
            )
        };
        forms.map(row).collect()
    }

    fn responses(&self) -> String {
        let all = self.body["responses"].as_object().into_iter().flatten();
        let (refusals, answers): (Vec<_>, Vec<_>) =
            all.partition(|(status, _)| status.starts_with(['4', '5']));
        let row = |(status, response): (&String, &Value)| {
            let content = response["content"]
                .as_object()
                .and_then(|content| content.values().next());
            let kind = content.map_or_else(String::new, |content| schema::kind(&content["schema"]));
            let about = inline(response["description"].as_str().unwrap_or_default());
            format!("<tr><td>{status}</td><td>{kind}</td><td>{about}</td></tr>")
        };
        let statuses: Vec<&str> = refusals
            .into_iter()
            .map(|(status, _)| status.as_str())
            .collect();
        let answers: String = answers.into_iter().map(row).collect();
        format!(
            "{answers}<tr><td class=\"mild\">{}</td><td><a href=\"/docs/errors\">Problem</a></td><td></td></tr>",
            statuses.join(" ")
        )
    }
}
