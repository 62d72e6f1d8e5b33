//! Where the content lies: a folder below the data folder, or an S3-compatible bucket.

use crate::{Config, Failure, Result};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use openapi::problem;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The object store of an installation.
pub struct Store(Arc<dyn ObjectStore>);

impl Store {
    /// Opens what the settings name. Nothing is contacted yet.
    pub fn open(config: &Config) -> Result<Self> {
        let storage = &config.storage;
        if storage.bucket.is_empty() {
            let folder = config.data.join("attachments");
            let failed = |error: &dyn std::fmt::Display| Failure::Internal(format!("{}: {error}", folder.display()));
            std::fs::create_dir_all(&folder).map_err(|error| failed(&error))?;
            let local = LocalFileSystem::new_with_prefix(&folder).map_err(|error| failed(&error))?;
            return Ok(Store(Arc::new(local.with_fsync(true))));
        }
        let mut builder = AmazonS3Builder::new()
            .with_bucket_name(&storage.bucket)
            .with_region(if storage.region.is_empty() { "us-east-1" } else { &storage.region })
            .with_access_key_id(storage.access_key.reveal())
            .with_secret_access_key(storage.secret_key.reveal());
        if !storage.endpoint.is_empty() {
            builder = builder.with_endpoint(&storage.endpoint).with_allow_http(storage.endpoint.starts_with("http://"));
        }
        let bucket = builder.build().map_err(|error| Failure::Internal(format!("storage: {error}")))?;
        Ok(Store(Arc::new(bucket)))
    }

    /// Stores content under its hash, and answers the key.
    pub async fn put(&self, content: Vec<u8>) -> Result<String> {
        let hash: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
        let key = format!("{}/{hash}", hash.get(..2).unwrap_or_default());
        self.0.put(&Path::from(key.as_str()), content.into()).await.map_err(|error| failure(&error))?;
        Ok(key)
    }

    /// Reads content back.
    pub async fn get(&self, key: &str) -> Result<Vec<u8>> {
        let found = self.0.get(&Path::from(key)).await.map_err(|error| failure(&error))?;
        Ok(found.bytes().await.map_err(|error| failure(&error))?.to_vec())
    }
}

fn failure(error: &object_store::Error) -> Failure {
    log::error!("object store: {error}");
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        let is_full = inner
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| matches!(io.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded));
        if is_full {
            return Failure::new(problem::STORAGE_FULL);
        }
        cause = inner.source();
    }
    Failure::new(problem::UNAVAILABLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_same_content_has_the_same_key_and_comes_back() {
        let data = std::env::temp_dir().join(format!("aftercare-store-{}", crate::new_id()));
        let store = Store::open(&Config { data: data.clone(), ..Config::default() }).unwrap();
        let key = store.put(b"one".to_vec()).await.unwrap();
        assert_eq!(store.put(b"one".to_vec()).await.unwrap(), key);
        assert_ne!(store.put(b"two".to_vec()).await.unwrap(), key);
        assert_eq!(store.get(&key).await.unwrap(), b"one");
        assert_eq!(store.get("00/none").await.unwrap_err().code(), problem::UNAVAILABLE);
        std::fs::remove_dir_all(data).unwrap();
    }

    #[test]
    fn a_bucket_opens_with_one_crypto_provider() {
        let mut config = Config::default();
        config.storage.bucket = "files".to_owned();
        config.storage.endpoint = "http://127.0.0.1:1".to_owned();
        assert!(Store::open(&config).is_ok());
    }
}
