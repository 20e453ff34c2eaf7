#include "models/store/cassandra/cell.h"

namespace cleave::models::store::cassandra {

bool supersedes(const Cell& a, const Cell& b) {
  if (a.timestamp != b.timestamp) return a.timestamp > b.timestamp;
  if (a.tombstone != b.tombstone) return a.tombstone;
  if (a.value.bytes() != b.value.bytes()) return a.value.bytes() > b.value.bytes();
  if (a.value != b.value) return a.value > b.value;
  return a.number > b.number;
}

}  // namespace cleave::models::store::cassandra
