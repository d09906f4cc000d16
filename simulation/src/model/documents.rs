//! Documents: a write replaces the version that was expected, or says which one is there.

use super::Model;
use kernel::Timestamp;
use kernel::id::{SettingId, WorkspaceId};
use store::catalog::{Document, Kind, Put};

impl Model {
    pub fn put(&mut self, document: Document, expect: u32) -> Put {
        let (kind, id) = (document.kind as u8, document.id);
        let current = self
            .documents
            .get(&(kind, id))
            .map_or(0, |document| document.version);
        if current != expect {
            return Put::Conflict(current);
        }
        let holder = document
            .alias
            .as_ref()
            .and_then(|alias| self.find(document.kind, alias));
        if holder.is_some_and(|holder| holder.id != id) {
            return Put::Taken;
        }
        let kept = self
            .versions
            .range((kind, id, 0)..=(kind, id, u32::MAX))
            .next_back();
        let newest = kept.map_or(current, |((_, _, version), _)| current.max(*version));
        let document = Document {
            version: newest + 1,
            ..document
        };
        if document.kind.keeps_versions() {
            self.versions
                .insert((kind, id, document.version), document.clone());
        }
        self.count_generation(document.kind, document.workspace);
        self.documents.insert((kind, id), document);
        Put::Saved
    }

    pub fn get(&self, kind: Kind, id: [u8; 16]) -> Option<&Document> {
        self.documents.get(&(kind as u8, id))
    }

    pub fn find(&self, kind: Kind, alias: &str) -> Option<&Document> {
        self.of_kind(kind)
            .find(|document| document.alias.as_deref() == Some(alias))
    }

    pub fn list(
        &self,
        workspace: Option<WorkspaceId>,
        kind: Kind,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Vec<Document> {
        self.of_kind(kind)
            .rev()
            .filter(|document| workspace.is_none_or(|workspace| document.workspace == workspace))
            .filter(|document| before.is_none_or(|before| document.id < before))
            .take(limit as usize)
            .cloned()
            .collect()
    }

    pub fn delete(&mut self, kind: Kind, id: [u8; 16]) -> bool {
        let deleted = self.documents.remove(&(kind as u8, id));
        if let Some(document) = &deleted {
            self.count_generation(kind, document.workspace);
        }
        deleted.is_some()
    }

    pub fn expire(&mut self, kind: Kind, before: Timestamp, limit: u32) -> u64 {
        let old = |id: &[u8; 16]| SettingId::from_bytes(*id).unix_ms() as i64;
        let expired: Vec<_> = self
            .documents
            .keys()
            .filter(|(of, id)| *of == kind as u8 && old(id) < before.as_millisecond())
            .take(limit as usize)
            .copied()
            .collect();
        expired
            .iter()
            .for_each(|key| _ = self.documents.remove(key));
        expired.len() as u64
    }

    pub fn version(&self, kind: Kind, id: [u8; 16], version: u32) -> Option<&Document> {
        let kept = self.versions.get(&(kind as u8, id, version));
        kept.or_else(|| {
            self.get(kind, id)
                .filter(|document| document.version == version)
        })
    }

    pub fn versions(&self, kind: Kind, id: [u8; 16], limit: u32) -> Vec<Document> {
        if !kind.keeps_versions() {
            return self.get(kind, id).into_iter().cloned().collect();
        }
        let all = self
            .versions
            .range((kind as u8, id, 0)..=(kind as u8, id, u32::MAX));
        all.rev()
            .take(limit as usize)
            .map(|(_, document)| document.clone())
            .collect()
    }

    pub fn generation(&self, workspace: WorkspaceId) -> u64 {
        self.generations.get(&workspace).copied().unwrap_or(0)
    }

    fn of_kind(&self, kind: Kind) -> impl DoubleEndedIterator<Item = &Document> {
        let kind = kind as u8;
        self.documents
            .range((kind, [0; 16])..=(kind, [0xff; 16]))
            .map(|(_, document)| document)
    }

    fn count_generation(&mut self, kind: Kind, workspace: WorkspaceId) {
        if kind.matches() {
            *self.generations.entry(workspace).or_default() += 1;
        }
    }
}
