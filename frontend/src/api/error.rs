//! Why a call failed.

use crate::text::{Label, common, lang};
use openapi::problem::{self, Code, Params};
use openapi::{FieldError, Problem};

/// Why a call failed, as far as a page must tell apart.
#[derive(Clone, Debug)]
pub enum ApiError {
    /// The server said no.
    Problem(Box<Problem>),
    /// This device has no network.
    Offline,
    /// The server did not answer.
    Network,
    /// The server answered something that this version of the page does not understand.
    Unreadable,
}

impl ApiError {
    /// A problem found on this side, by the contract's own rules.
    fn local(code: Code, errors: Vec<FieldError>) -> Self {
        let title = code.message(lang(), &Params::new());
        ApiError::Problem(Box::new(Problem {
            kind: format!("/problems/{}", code.code),
            detail: title.clone(),
            title,
            status: code.status,
            instance: String::new(),
            code: code.code.to_owned(),
            request_id: String::new(),
            errors,
            retryable: false,
        }))
    }

    /// Values that the contract refuses; nothing was sent.
    pub fn invalid(errors: Vec<FieldError>) -> Self {
        Self::local(problem::INVALID, errors)
    }

    /// No such object can exist.
    pub fn not_found() -> Self {
        Self::local(problem::NOT_FOUND, Vec::new())
    }

    /// The HTTP status, when the server answered.
    pub fn status(&self) -> Option<u16> {
        match self {
            ApiError::Problem(problem) => Some(problem.status),
            _ => None,
        }
    }

    /// The later documents that stand in the way of a reversal and may be taken back along with it.
    pub fn blockers(&self) -> Vec<String> {
        let ApiError::Problem(problem) = self else { return Vec::new() };
        let named = problem.errors.iter().filter(|error| error.pointer.starts_with("/with/"));
        named.filter_map(|error| error.params.get("document").cloned()).collect()
    }

    /// Whether it is the problem with this code.
    pub fn is(&self, code: Code) -> bool {
        matches!(self, ApiError::Problem(problem) if problem.code == code.code)
    }

    /// The single wrong values.
    pub fn fields(&self) -> &[FieldError] {
        match self {
            ApiError::Problem(problem) => &problem.errors,
            _ => &[],
        }
    }

    /// The id to tell the administrator.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            ApiError::Problem(problem) if !problem.request_id.is_empty() => Some(&problem.request_id),
            _ => None,
        }
    }

    /// One sentence for people, in the chosen language.
    pub fn message(&self) -> String {
        match self {
            ApiError::Problem(problem) if !problem.detail.is_empty() => problem.detail.clone(),
            ApiError::Problem(problem) => problem.title.clone(),
            _ => self.title().get().to_owned(),
        }
    }

    /// The sentence above a form, at whose fields the single wrong values stand.
    pub fn summary(&self) -> String {
        match self {
            ApiError::Problem(problem) if !problem.errors.is_empty() => problem.title.clone(),
            _ => self.message(),
        }
    }

    /// What to head an error page with.
    pub fn title(&self) -> Label {
        match self {
            ApiError::Offline => common::OFFLINE,
            ApiError::Network => common::NETWORK,
            ApiError::Unreadable => common::UNREADABLE,
            ApiError::Problem(problem) => match problem.status {
                403 => common::NO_PERMISSION,
                404 => common::NOT_FOUND,
                _ => common::FAILED,
            },
        }
    }

    /// What the reader can do about it.
    pub fn hint(&self) -> Option<Label> {
        match self {
            ApiError::Offline => Some(common::OFFLINE_HINT),
            ApiError::Network => Some(common::NETWORK_HINT),
            ApiError::Unreadable => Some(common::UNREADABLE_HINT),
            ApiError::Problem(problem) => match problem.status {
                403 => Some(common::NO_PERMISSION_HINT),
                404 => Some(common::NOT_FOUND_HINT),
                _ => None,
            },
        }
    }
}
