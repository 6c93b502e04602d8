-- The record of every answer that was shown and of what reviewers said about its citations.
-- Rows are only ever added. The triggers at the end hold every program to that, the `sqlite3`
-- shell included; they guard against mistakes, not against someone who may replace the file.

create table answer (
    -- The order of recording. Lists follow it and not the clock, which may be set back.
    seq integer primary key check (seq > 0),
    -- Made before the answer is composed, so that the answer shown carries it.
    id text not null unique check (id <> ''),
    -- RFC 3339 in UTC, always with milliseconds: at a fixed width, text order is time order.
    asked_at text not null check (
        asked_at glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'
    ),
    -- Personal identifiers are masked by the caller; the question as typed is never stored.
    question_masked text not null,
    understood text not null,
    -- Closed, so that a count by status can be trusted.
    status text not null check (status in ('answered', 'abstained')),
    generation text not null,
    fingerprint text not null,
    total_ms integer not null check (total_ms >= 0),
    -- The whole answer as it was shown. One line, because an export holds one answer a line.
    -- Last, because reading the columns before it then skips its overflow pages.
    body text not null check (
        json_valid(body) and instr(body, char(10)) = 0 and instr(body, char(13)) = 0
    )
) strict;

-- Covers the filters of lists and exports, which would else read every answer's page.
create index answer_by_time on answer (asked_at, id);

create table citation (
    answer_id text not null references answer (id),
    -- 1-based, as printed in the answer.
    ordinal integer not null check (ordinal >= 1),
    document_id text not null,
    -- Hash of the document's content: the text quoted may be replaced later.
    document_version text not null,
    number text not null,
    title text not null,
    locator text not null,
    -- Byte range in the canonical text of that version.
    span_start integer not null check (span_start >= 0),
    span_end integer not null check (span_end >= span_start),
    -- Kept beside the span, so that the record can be judged after the source is gone.
    quote text not null,
    primary key (answer_id, ordinal)
) strict;

create table passage (
    answer_id text not null references answer (id),
    -- 1 is the best hit.
    rank integer not null check (rank >= 1),
    document_id text not null,
    locator text not null,
    score real not null,
    primary key (answer_id, rank)
) strict, without rowid;

create table verdict (
    -- The order of recording: the highest of a citation is the one that counts.
    id integer primary key check (id > 0),
    answer_id text not null,
    citation integer not null,
    -- Closed, because each of them is a figure in the evaluation.
    verdict text not null check (verdict in ('correct', 'wrong_place', 'unsupported', 'outdated')),
    comment text not null,
    reviewer text not null,
    -- The same form as `answer.asked_at`.
    recorded_at text not null check (
        recorded_at glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'
    ),
    -- A verdict judges a citation that was shown, never one that might have been.
    foreign key (answer_id, citation) references citation (answer_id, ordinal)
) strict;

create index verdict_by_citation on verdict (answer_id, citation);

create trigger answer_never_changed before update on answer
begin select raise(abort, 'a recorded answer is never changed'); end;

create trigger citation_never_changed before update on citation
begin select raise(abort, 'a recorded citation is never changed'); end;

create trigger passage_never_changed before update on passage
begin select raise(abort, 'a recorded passage is never changed'); end;

create trigger verdict_never_changed before update on verdict
begin select raise(abort, 'a recorded verdict is never changed'); end;

create trigger answer_never_removed before delete on answer
begin select raise(abort, 'a recorded answer is never removed'); end;

create trigger citation_never_removed before delete on citation
begin select raise(abort, 'a recorded citation is never removed'); end;

create trigger passage_never_removed before delete on passage
begin select raise(abort, 'a recorded passage is never removed'); end;

create trigger verdict_never_removed before delete on verdict
begin select raise(abort, 'a recorded verdict is never removed'); end;

-- `insert or replace` removes the old row without firing a delete trigger, so it is stopped here.

create trigger answer_never_replaced before insert on answer
when exists (select 1 from answer where id = new.id or seq = new.seq)
begin select raise(abort, 'an answer with this id is already recorded'); end;

create trigger citation_never_replaced before insert on citation
when exists (select 1 from citation where answer_id = new.answer_id and ordinal = new.ordinal)
begin select raise(abort, 'this citation is already recorded'); end;

create trigger passage_never_replaced before insert on passage
when exists (select 1 from passage where answer_id = new.answer_id and rank = new.rank)
begin select raise(abort, 'this passage is already recorded'); end;

create trigger verdict_never_replaced before insert on verdict
when exists (select 1 from verdict where id = new.id)
begin select raise(abort, 'this verdict is already recorded'); end;
