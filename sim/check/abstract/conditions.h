// What each level asks of an abstract execution. Every condition is on what replicas showed, and
// whatever fulfils the conditions of a level is allowed by the level's definition for clients; the
// proofs are in docs/checkers.md, "Two ways to look". The converse does not hold.
#pragma once
#include "sim/check/history/question.h"

#include <cstdint>
#include <optional>

namespace cleave::abstract {

// How what a client knows must be in what its next operation sees.
enum class Past : std::uint8_t {
  free,
  included,  // as a set
  prefix,    // as a beginning of it
};

struct Conditions {
  // Of each object by itself:
  bool one_order_by_object = false;  // what is seen of it are beginnings of one order
  bool real_time = false;            // which keeps to real time
  bool own_writes = false;           // a read sees what its client had written to the object
  bool own_reads = false;            // and what it had read of it
  bool steady = false;               // and nothing after its client's writes that these came after
  // Of all objects together:
  bool one_order = false;       // what is seen are beginnings of one order
  Past past = Past::free;       // of a client: what it saw and made before
  bool causes = false;          // an update is applied nowhere without what its client knew
  bool session_order = false;   // nor without what its client had made before
  bool seen_of_object = false;  // a read sees what its client saw of the object by other reads
  bool no_cycle = false;        // one order of all updates fits those of all replicas
};

// Nothing: the level is not judged by what replicas showed.
std::optional<Conditions> conditions_of(Level level);

}  // namespace cleave::abstract
