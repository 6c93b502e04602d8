//! Camnang.
pub mod answer;
pub mod audit;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod document;
pub mod eval;
pub mod http;
pub mod index;
pub mod qa;
pub mod rank;
pub mod rebuild;
pub mod text;
pub mod wire;
