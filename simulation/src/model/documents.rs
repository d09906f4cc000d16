//! Documents: a write replaces the version that was expected, or says which one is there.

use super::Model;
use kernel::Timestamp;
use kernel::id::{SettingId, WorkspaceId};
use store::catalog::{Document, Kind, Put, Write};

impl Model {
    pub fn write(&mut self, document: Document, expect: u32, how: Write) -> Put {
        let newest = self.newest(document.kind, document.id);
        if newest != expect || newest == 0 && how == Write::Beside {
            return Put::Conflict(newest);
        }
        let holder = document
            .alias
            .as_ref()
            .and_then(|alias| self.find(document.kind, alias));
        if holder.is_some_and(|holder| holder.id != document.id) {
            return Put::Taken;
        }
        let mut document = self.numbered(document);
        if how == Write::Beside {
            return Put::Saved;
        }
        if let (Write::Unswitched, Some(there)) = (how, self.get(document.kind, document.id)) {
            document.enabled = there.enabled;
        }
        self.count_generation(document.kind, document.workspace);
        self.documents
            .insert((document.kind as u8, document.id), document);
        Put::Saved
    }

    pub fn switch(&mut self, kind: Kind, id: [u8; 16], enabled: bool) -> bool {
        let document = self.documents.get_mut(&(kind as u8, id));
        let Some(document) = document.filter(|document| document.enabled != enabled) else {
            return false;
        };
        document.enabled = enabled;
        let workspace = document.workspace;
        self.count_generation(kind, workspace);
        true
    }

    /// The newest version of a document that exists, else 0.
    fn newest(&self, kind: Kind, id: [u8; 16]) -> u32 {
        let current = self.get(kind, id).map(|document| document.version);
        current.map_or(0, |current| current.max(self.kept(kind, id)))
    }

    fn kept(&self, kind: Kind, id: [u8; 16]) -> u32 {
        let kind = kind as u8;
        let mut kept = self.versions.range((kind, id, 0)..=(kind, id, u32::MAX));
        kept.next_back().map_or(0, |((.., version), _)| *version)
    }

    /// With the version after the newest there ever was, kept where versions are.
    fn numbered(&mut self, document: Document) -> Document {
        let (kind, id) = (document.kind, document.id);
        let version = self.newest(kind, id).max(self.kept(kind, id)) + 1;
        let document = Document {
            version,
            ..document
        };
        if kind.keeps_versions() {
            self.versions
                .insert((kind as u8, id, version), document.clone());
        }
        document
    }

    pub fn get(&self, kind: Kind, id: [u8; 16]) -> Option<&Document> {
        self.documents.get(&(kind as u8, id))
    }

    pub fn find(&self, kind: Kind, alias: &str) -> Option<&Document> {
        self.of_kind(kind)
            .find(|document| document.alias.as_deref() == Some(alias))
    }

    pub fn find_all(&self, kind: Kind, aliases: &[String]) -> Vec<Document> {
        let found = aliases.iter().filter_map(|alias| self.find(kind, alias));
        found.cloned().collect()
    }

    pub fn put_all(&mut self, documents: &[(Document, u32)]) -> Vec<bool> {
        let put = |(document, expect): &(Document, u32)| {
            self.write(document.clone(), *expect, Write::Unswitched) == Put::Saved
        };
        documents.iter().map(put).collect()
    }

    pub fn search(
        &self,
        workspace: WorkspaceId,
        kind: Kind,
        words: &[String],
        since: Option<[u8; 16]>,
        before: Option<[u8; 16]>,
        limit: u32,
    ) -> Vec<Document> {
        let has_words = |document: &Document| {
            let mut rest = document.name.as_str();
            words
                .iter()
                .all(|word| match rest.split_once(word.as_str()) {
                    Some((_, behind)) => {
                        rest = behind;
                        true
                    }
                    None => false,
                })
        };
        let all = self.list(Some(workspace), kind, before, u32::MAX);
        let all = all
            .into_iter()
            .take_while(|document| since.is_none_or(|since| document.id >= since));
        let found = all.filter(has_words);
        found.take(limit as usize).collect()
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

    pub fn versions(
        &self,
        kind: Kind,
        id: [u8; 16],
        before: Option<u32>,
        limit: u32,
    ) -> Vec<Document> {
        let before = before.unwrap_or(u32::MAX);
        if !kind.keeps_versions() {
            return self.get(kind, id).into_iter().cloned().collect();
        }
        let all = self
            .versions
            .range((kind as u8, id, 0)..(kind as u8, id, before));
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
