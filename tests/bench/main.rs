//! Speed of each step over the sample corpus: `cargo bench --locked --bench bench`.
//!
//! Every benchmark works on whole documents or whole questions as the program meets them. Figures of
//! one machine are in the README; compare only runs of the same machine.

#![expect(
    clippy::unwrap_used,
    reason = "a benchmark that cannot go on must stop"
)]

use std::convert::Infallible;
use std::hint::black_box;
use std::path::Path;
use std::sync::LazyLock;

use camnang::corpus;
use camnang::document;
use camnang::document::Date;
use camnang::document::Locator;
use camnang::embed::Model;
use camnang::embed::Role;
use camnang::index::Generation;
use camnang::index::Store;
use camnang::qa;
use camnang::qa::Clock;
use camnang::rank::Ranker;
use camnang::rebuild::rebuild;
use camnang::text::canonicalise;
use camnang::wire::Standing;
use criterion::BatchSize;
use criterion::Criterion;
use criterion::Throughput;
use tempfile::TempDir;

/// Formal, chatty, without diacritics, by address, and two that the corpus does not answer.
const QUESTIONS: [&str; 6] = [
    "Thời hạn đăng ký khai sinh là bao lâu?",
    "Dân xin sao y bản chính thì xã thu phí bnhieu 1 trang ạ?",
    "dang ky ket hon can nhung giay to gi",
    "khoản 1 Điều 5 của 01/HD-UBND-MẪU quy định gì?",
    "Mức phạt nồng độ cồn khi đi xe máy là bao nhiêu?",
    "Nghị định 999/2030/NĐ-CP quy định về việc gì?",
];

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    read(&mut criterion);
    index(&mut criterion);
    answer(&mut criterion);
    validity(&mut criterion);
    embed(&mut criterion);
    criterion.final_summary();
}

fn corpus_root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus"))
}

/// The texts of the sample corpus as they stand in its files.
fn texts() -> Vec<String> {
    let mut texts = Vec::new();
    let Ok(_) = corpus::scan(corpus_root(), &camnang::extract::NoCache, |source| {
        texts.push(source.text);
        Ok::<_, Infallible>(())
    });
    assert!(!texts.is_empty(), "the sample corpus has documents");
    texts
}

fn n_bytes(texts: &[String]) -> Throughput {
    Throughput::Bytes(texts.iter().map(|text| text.len() as u64).sum())
}

/// From bytes to structure: all documents of the corpus in one iteration.
fn read(criterion: &mut Criterion) {
    let found = texts();
    let canonical: Vec<String> = found.iter().map(|text| canonicalise(text)).collect();
    let mut group = criterion.benchmark_group("read");
    group.throughput(n_bytes(&found));
    group.bench_function("canonicalise", |bencher| {
        bencher.iter(|| {
            found
                .iter()
                .map(|text| canonicalise(black_box(text)).len())
                .sum::<usize>()
        });
    });
    group.throughput(n_bytes(&canonical));
    group.bench_function("parse", |bencher| {
        bencher.iter(|| {
            canonical
                .iter()
                .map(|text| document::parse(black_box(text)).provisions.len())
                .sum::<usize>()
        });
    });
    group.finish();
}

/// The whole corpus into a new index, made durable and published.
fn index(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("index");
    group.sample_size(20).throughput(n_bytes(&texts()));
    group.bench_function("build", |bencher| {
        bencher.iter_batched(
            || tempfile::tempdir().unwrap(),
            |dir| {
                built(dir.path());
                dir
            },
            BatchSize::PerIteration,
        );
    });
    group.finish();
}

fn ranker() -> &'static Ranker {
    static RANKER: LazyLock<Ranker> = LazyLock::new(|| {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("models");
        Ranker::open(&models.join("camnang/words")).unwrap()
    });
    &RANKER
}

fn built(root: &Path) {
    let report = rebuild(corpus_root(), root, ranker().embedder(), false, |_| ()).unwrap();
    assert!(report.problems.is_empty(), "{:?}", report.problems);
}

/// One question an iteration, each in turn, from an open generation; nothing is recorded.
fn answer(criterion: &mut Criterion) {
    let clock = Clock {
        today: Date::new(2026, 11, 22).unwrap(),
        as_of: None,
    };
    let (_dir, store) = open_sample();
    let generation: &Generation = &store.live();
    let mut group = criterion.benchmark_group("question");
    group.throughput(Throughput::Elements(1));
    let mut questions = QUESTIONS.iter().cycle();
    group.bench_function("search", |bencher| {
        bencher.iter(|| {
            qa::search(
                black_box(questions.next().unwrap()),
                generation,
                ranker(),
                clock,
                (10, false),
            )
            .unwrap()
        });
    });
    group.bench_function("ask", |bencher| {
        bencher.iter(|| {
            qa::answer(
                black_box(questions.next().unwrap()),
                generation,
                ranker(),
                clock,
            )
            .unwrap()
        });
    });
    group.finish();
}

/// What one question asks of the law: the state of the hundred documents that are ranked and the
/// standing of the twenty provisions that are listed or cited.
fn validity(criterion: &mut Criterion) {
    let day = Date::new(2026, 11, 22).unwrap();
    let (_dir, store) = open_sample();
    let generation: &Generation = &store.live();
    let entries = generation.catalogue().entries();
    let whole = Locator::default();
    let clause: Locator = "điểm a khoản 1 Điều 5".parse().unwrap();
    criterion.bench_function("validity of a question", |bencher| {
        bencher.iter(|| {
            for entry in entries.iter().cycle().take(100) {
                black_box(generation.law().state(&entry.id, &whole, day));
            }
            for entry in entries.iter().cycle().take(20) {
                black_box(Standing::of(generation, &entry.id, &clause, day));
            }
        });
    });
}

fn open_sample() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    built(dir.path());
    let store = Store::open(dir.path()).unwrap();
    (dir, store)
}

/// One question, and many passages at once, by a tiny random model: figures show what is lost or won
/// around the arithmetic, not how fast a real model is.
fn embed(criterion: &mut Criterion) {
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/integration/embed/tiny-bert"
    );
    let model = Model::open(Path::new(folder)).unwrap();
    let passage = QUESTIONS.concat();
    let passages = [passage.as_str(); 64];
    let mut group = criterion.benchmark_group("embed");
    for (name, texts, role) in [
        ("question", &QUESTIONS[..1], Role::Query),
        ("passages", &passages, Role::Passage),
    ] {
        group.throughput(Throughput::Elements(texts.len() as u64));
        group.bench_function(name, |bencher| {
            bencher.iter(|| model.embed(black_box(texts), role).unwrap());
        });
    }
    group.finish();
}
