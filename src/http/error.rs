//! Errors as clients see them: a closed code, a Vietnamese message, and for our own failures
//! nothing else. The cause is logged here, once.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::audit;
use crate::audit::{COMMENT_CHARS_MAX, REVIEWER_CHARS_MAX};
use crate::qa;
use crate::rank::QUESTION_CHARS_MAX;

/// Why a request got no answer.
#[derive(Debug)]
pub(super) enum ApiError {
    /// The question is empty.
    EmptyQuestion,
    /// The question is too long.
    LongQuestion,
    /// The request is not what the interface takes.
    BadRequest,
    /// A day that the calendar has not, or that is written in no form we read.
    BadDay,
    /// The last day lies before the first.
    BadPeriod,
    /// The body is larger than any request is.
    TooLarge,
    /// The path is right, the method is not.
    WrongMethod,
    /// There is no such document, answer or page.
    NotFound,
    /// A comment or name is too long.
    LongComment,
    /// All workers are taken.
    Busy,
    /// Our failure.
    Internal,
}

#[derive(Serialize)]
struct Body {
    error: Detail,
}

#[derive(Serialize)]
struct Detail {
    code: &'static str,
    message: String,
}

impl ApiError {
    /// Logs the cause of a failure of ours.
    pub(super) fn internal(cause: &dyn std::error::Error) -> Self {
        let mut causes = vec![cause.to_string()];
        let mut next = cause.source();
        while let Some(error) = next {
            causes.push(error.to_string());
            next = error.source();
        }
        tracing::error!(cause = causes.join(": "), "a request failed");
        Self::Internal
    }

    fn parts(&self) -> (StatusCode, &'static str, String) {
        match self {
            Self::EmptyQuestion => (
                StatusCode::BAD_REQUEST,
                "empty_question",
                "Đề nghị nhập câu hỏi.".to_owned(),
            ),
            Self::LongQuestion => (
                StatusCode::BAD_REQUEST,
                "question_too_long",
                format!("Câu hỏi quá dài (tối đa {QUESTION_CHARS_MAX} ký tự). Đề nghị rút gọn."),
            ),
            Self::BadRequest => (
                StatusCode::BAD_REQUEST,
                "bad_request",
                "Yêu cầu không đúng định dạng. Đề nghị tải lại trang rồi thử lại.".to_owned(),
            ),
            Self::BadDay => (
                StatusCode::BAD_REQUEST,
                "bad_day",
                "Ngày không hợp lệ. Đề nghị ghi dạng 30/6/2025 hoặc 2025-06-30.".to_owned(),
            ),
            Self::BadPeriod => (
                StatusCode::BAD_REQUEST,
                "bad_period",
                "Đến ngày không được sớm hơn từ ngày. Đề nghị chọn lại.".to_owned(),
            ),
            Self::TooLarge => (
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                "Nội dung gửi lên quá lớn. Đề nghị rút gọn rồi gửi lại.".to_owned(),
            ),
            Self::WrongMethod => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "Phương thức không được hỗ trợ ở địa chỉ này.".to_owned(),
            ),
            Self::NotFound => (
                StatusCode::NOT_FOUND,
                "not_found",
                "Không tìm thấy nội dung yêu cầu; có thể đường dẫn sai hoặc văn bản không còn trong kho.".to_owned(),
            ),
            Self::LongComment => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "too_long",
                format!(
                    "Nhận xét (tối đa {COMMENT_CHARS_MAX} ký tự) hoặc tên người đánh giá (tối đa {REVIEWER_CHARS_MAX} ký tự) quá dài. Đề nghị rút gọn."
                ),
            ),
            Self::Busy => (
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "Hệ thống đang phục vụ nhiều câu hỏi. Đề nghị thử lại sau giây lát.".to_owned(),
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Hệ thống gặp lỗi, chưa thực hiện được yêu cầu. Đề nghị thử lại; nếu vẫn lỗi, báo người quản trị."
                    .to_owned(),
            ),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let (status, code, message) = self.parts();
        let mut response = (
            status,
            Json(Body {
                error: Detail { code, message },
            }),
        )
            .into_response();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
        }
        response
    }
}

impl From<qa::Error> for ApiError {
    fn from(error: qa::Error) -> Self {
        match error {
            qa::Error::Empty => Self::EmptyQuestion,
            qa::Error::TooLong { .. } => Self::LongQuestion,
            qa::Error::Index(_) | qa::Error::Record(_) => Self::internal(&error),
        }
    }
}

impl From<audit::Error> for ApiError {
    fn from(error: audit::Error) -> Self {
        match error {
            audit::Error::UnknownAnswer { .. } | audit::Error::UnknownCitation { .. } => {
                Self::NotFound
            }
            audit::Error::TooLong { .. } => Self::LongComment,
            other => Self::internal(&other),
        }
    }
}

impl From<crate::index::Error> for ApiError {
    fn from(error: crate::index::Error) -> Self {
        Self::internal(&error)
    }
}

impl From<JsonRejection> for ApiError {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else {
            Self::BadRequest
        }
    }
}

impl From<QueryRejection> for ApiError {
    fn from(_: QueryRejection) -> Self {
        Self::BadRequest
    }
}

impl From<PathRejection> for ApiError {
    fn from(_: PathRejection) -> Self {
        Self::BadRequest
    }
}

/// What unknown paths get.
pub(super) async fn not_found() -> ApiError {
    ApiError::NotFound
}

/// What a known path gets for a method that it does not take.
pub(super) async fn wrong_method() -> ApiError {
    ApiError::WrongMethod
}
