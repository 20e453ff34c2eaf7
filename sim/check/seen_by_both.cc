#include "sim/check/seen_by_both.h"

#include <string>

namespace cleave {

Verdict agree(Verdict by_clients, const Verdict& by_replicas) {
  const bool kept = by_replicas.word == Word::holds;
  const std::string replicas = "; replicas: " + by_replicas.why;
  switch (by_clients.word) {
    case Word::violated:
      // Where nothing had to be seen, nothing was broken either.
      if (!kept && by_replicas.word != Word::vacuous) {
        by_clients.why += replicas;
        return by_clients;
      }
      by_clients.word = Word::undecided;
      by_clients.is_cleave_bug = true;
      by_clients.why = "a bug in Cleave, please report it: clients saw what cannot be (" +
                       by_clients.why + "), and replicas did nothing wrong (" + by_replicas.why +
                       ")";
      return by_clients;
    case Word::undecided:
      if (!kept) {
        by_clients.why += replicas;
        return by_clients;
      }
      by_clients.word = Word::holds;
      by_clients.checked = by_replicas.checked;
      by_clients.why =
          by_replicas.why + ", which proves it; by what clients saw, " + by_clients.why;
      return by_clients;
    case Word::holds:
    case Word::vacuous:
      if (kept)
        by_clients.why += "; replicas kept it";
      else if (by_replicas.word == Word::violated)
        by_clients.why +=
            "; replicas did not keep it, and no client could see that: " + by_replicas.why;
      else
        by_clients.why += replicas;
      return by_clients;
  }
  return by_clients;
}

}  // namespace cleave
