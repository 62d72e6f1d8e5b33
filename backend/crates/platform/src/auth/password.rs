//! Passwords: argon2id with the defaults of the crate, off the async threads, at most two at a time.

use crate::{Failure, Result};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::sync::LazyLock;
use tokio::sync::Semaphore;

static SLOTS: Semaphore = Semaphore::const_new(2);

/// Checked when the user is unknown, so that the answer takes the same time.
static DECOY: LazyLock<String> = LazyLock::new(|| hash_now("nobody's password").unwrap_or_default());

fn hash_now(password: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(password.as_bytes());
    hash.map(|h| h.to_string()).map_err(|e| Failure::Internal(format!("password hash: {e}")))
}

fn verify_now(password: &str, stored: &str) -> bool {
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
}

async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let _slot = SLOTS.acquire().await.map_err(|e| Failure::Internal(e.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| Failure::Internal(e.to_string()))
}

/// Hashes a password for storage.
pub async fn hash(password: String) -> Result<String> {
    off_thread(move || hash_now(&password)).await?
}

/// Whether the password matches what is stored; with nothing stored it takes as long and is false.
pub async fn verify(password: String, stored: Option<String>) -> Result<bool> {
    off_thread(move || match stored {
        Some(stored) => verify_now(&password, &stored),
        None => {
            verify_now(&password, &DECOY);
            false
        }
    })
    .await
}
