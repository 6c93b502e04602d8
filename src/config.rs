//! Settings: the one place that reads them. Flags win over the environment, which wins over
//! defaults.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use clap::builder::RangedU64ValueParser;

/// Questions answered at the same time, at most. Each has a thread to itself, of which the runtime
/// gives 512, and exports and the look for a newer index want some too.
const WORKERS_MAX: usize = 256;

/// Where things are kept.
#[derive(Args, Clone, Debug)]
pub struct Paths {
    /// Folder with the source documents, or a single file.
    #[arg(
        long,
        env = "CAMNANG_CORPUS",
        default_value = "corpus",
        global = true,
        value_name = "PATH"
    )]
    pub corpus: PathBuf,
    /// Folder of the index; can be rebuilt from the corpus at any time.
    #[arg(
        long,
        env = "CAMNANG_INDEX",
        default_value = "index",
        global = true,
        value_name = "DIR"
    )]
    pub index: PathBuf,
    /// Folder of the model that ranks passages; without it they are ranked by words alone.
    #[arg(
        long,
        env = "CAMNANG_MODEL",
        default_value = "models/camnang",
        global = true,
        value_name = "DIR"
    )]
    pub model: PathBuf,
    /// The own province, such as `Gia Lai`: what another province decided steps back and is told of.
    #[arg(long, env = "CAMNANG_PROVINCE", global = true, value_name = "NAME")]
    pub province: Option<String>,
    /// The audit record of all answers; cannot be rebuilt, back it up.
    #[arg(
        long,
        env = "CAMNANG_RECORD",
        default_value = "record.sqlite",
        global = true,
        value_name = "FILE"
    )]
    pub record: PathBuf,
}

/// How to serve.
#[derive(Args, Clone, Debug)]
pub struct Serving {
    /// Address to listen on; port 0 takes any free one.
    #[arg(
        long,
        env = "CAMNANG_LISTEN",
        default_value = "127.0.0.1:8080",
        value_name = "ADDRESS"
    )]
    pub listen: SocketAddr,
    /// Questions answered at the same time; more wait or are told to come back.
    #[arg(
        long,
        env = "CAMNANG_WORKERS",
        default_value_t = default_workers(),
        value_parser = RangedU64ValueParser::<usize>::new().range(1..=WORKERS_MAX as u64),
        value_name = "N"
    )]
    pub workers: usize,
}

fn default_workers() -> usize {
    std::thread::available_parallelism()
        .map_or(2, usize::from)
        .min(WORKERS_MAX)
}
