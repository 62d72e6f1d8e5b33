//! Access tokens (JWT, HS256, ten minutes) and keyed signatures.

use crate::{Config, Failure, Result};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use openapi::problem;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

const ISSUER: &str = "aftercare";
const AUDIENCE: &str = "aftercare-api";
/// Life of an access token.
pub const ACCESS_MINUTES: i64 = 10;

/// What an access token says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Claims {
    /// User.
    pub sub: Uuid,
    /// Session.
    pub sid: Uuid,
    /// Epoch of the user: raised when everything issued before must stop working.
    pub epoch: i64,
    /// Issuer.
    pub iss: String,
    /// Audience.
    pub aud: String,
    /// Not before, seconds.
    pub nbf: i64,
    /// Expiry, seconds.
    pub exp: i64,
}

/// The keys of this installation, all derived from one secret.
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    cursor: Vec<u8>,
    seals: Vec<SealKey>,
}

/// A key that chains the audit log.
pub struct SealKey {
    /// What it is called in a seal; tells nothing of the key.
    pub name: String,
    /// The key.
    pub key: Vec<u8>,
}

impl SealKey {
    fn of(secret: &str) -> Self {
        let key = derive(secret, "audit");
        let name = sign(&key, &[b"name"]).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        SealKey { name, key }
    }
}

impl Keys {
    /// Derives the keys.
    pub fn new(secret: &str) -> Self {
        let jwt = derive(secret, "jwt");
        Keys {
            encoding: EncodingKey::from_secret(&jwt),
            decoding: DecodingKey::from_secret(&jwt),
            cursor: derive(secret, "cursor"),
            seals: Vec::new(),
        }
    }

    /// The keys of a process with these settings. Without a secret it makes one that nothing else knows, and cannot seal.
    pub fn of(config: &Config) -> Self {
        let secret = config.jwt_secret.reveal();
        let own = config.audit_key.reveal().split(',').map(str::trim);
        let all = own.chain([secret]).filter(|secret| !secret.is_empty());
        let seals = all.map(SealKey::of).collect();
        let made = if secret.is_empty() { random_token() } else { secret.to_owned() };
        Keys { seals, ..Keys::new(&made) }
    }

    /// The key for new seals.
    pub fn seal_key(&self) -> Option<&SealKey> {
        self.seals.first()
    }

    /// The key that made a seal, if this process knows it.
    pub fn seal_key_named(&self, name: &str) -> Option<&SealKey> {
        self.seals.iter().find(|key| key.name == name)
    }

    /// Issues an access token; returns it with its expiry.
    pub fn issue(&self, user: Uuid, session: Uuid, epoch: i64, now: DateTime<Utc>) -> Result<(String, DateTime<Utc>)> {
        let expires = now + Duration::minutes(ACCESS_MINUTES);
        let claims = Claims {
            sub: user,
            sid: session,
            epoch,
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            nbf: now.timestamp(),
            exp: expires.timestamp(),
        };
        let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.encoding)
            .map_err(|e| Failure::Internal(format!("token: {e}")))?;
        Ok((token, expires))
    }

    /// Checks a token against the injected clock.
    pub fn check(&self, token: &str, now: DateTime<Utc>) -> Result<Claims> {
        let mut rules = Validation::new(Algorithm::HS256);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[ISSUER]);
        rules.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // times are checked below, by our own clock
        rules.validate_exp = false;
        rules.validate_nbf = false;
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &rules)
            .map_err(|_| Failure::new(problem::UNAUTHENTICATED))?
            .claims;
        let now = now.timestamp();
        if claims.exp <= now {
            return Err(Failure::new(problem::TOKEN_EXPIRED));
        }
        if claims.nbf > now + 60 {
            return Err(Failure::new(problem::UNAUTHENTICATED));
        }
        Ok(claims)
    }

    /// Signs a cursor payload: `payload.signature`, both base64url.
    pub fn seal(&self, payload: &[u8], bound_to: &[u8]) -> String {
        format!("{}.{}", URL_SAFE_NO_PAD.encode(payload), URL_SAFE_NO_PAD.encode(self.mac(payload, bound_to)))
    }

    /// Checks a signed payload and returns it.
    pub fn unseal(&self, sealed: &str, bound_to: &[u8]) -> Option<Vec<u8>> {
        let (payload, signature) = sealed.split_once('.')?;
        let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        constant_time_eq(&signature, &self.mac(&payload, bound_to)).then_some(payload)
    }

    fn mac(&self, payload: &[u8], bound_to: &[u8]) -> Vec<u8> {
        sign(&self.cursor, &[payload, bound_to])
    }
}

fn derive(secret: &str, purpose: &str) -> Vec<u8> {
    sign(secret.as_bytes(), &[purpose.as_bytes()])
}

/// A keyed hash over parts, each with its length.
pub(crate) fn sign(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    // HMAC accepts keys of any length, so the error case cannot happen; an empty signature would match nothing
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else { return Vec::new() };
    for part in parts {
        mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// Compares without telling by time where they differ.
pub(crate) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    !a.is_empty() && a.len() == b.len() && a.iter().zip(b).fold(0_u8, |acc, (x, y)| acc | (x ^ y)) == 0
}

/// A random token of 256 bits, for refresh tokens and links.
pub fn random_token() -> String {
    let bytes: [u8; 32] = rand::random();
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a random token, and the fingerprint of a request body.
pub fn fingerprint(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_works_until_it_expires_and_only_with_the_right_key() {
        let (keys, other) = (Keys::new("one secret"), Keys::new("another secret"));
        let now = Utc::now();
        let (token, expires) = keys.issue(Uuid::nil(), Uuid::nil(), 1, now).unwrap();
        assert!(keys.check(&token, now).is_ok());
        assert_eq!(keys.check(&token, expires).unwrap_err().code(), problem::TOKEN_EXPIRED);
        assert_eq!(other.check(&token, now).unwrap_err().code(), problem::UNAUTHENTICATED);
        assert_eq!(keys.check("x.y.z", now).unwrap_err().code(), problem::UNAUTHENTICATED);
    }

    #[test]
    fn a_sealed_payload_cannot_be_changed_or_used_elsewhere() {
        let keys = Keys::new("secret");
        let sealed = keys.seal(b"payload", b"here");
        assert_eq!(keys.unseal(&sealed, b"here").as_deref(), Some(&b"payload"[..]));
        assert_eq!(keys.unseal(&sealed, b"there"), None);
        assert_eq!(keys.unseal(&sealed.replacen('c', "d", 1), b"here"), None);
        assert_eq!(keys.unseal("", b"here"), None);
    }
}
