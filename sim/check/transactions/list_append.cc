#include "sim/check/transactions/list_append.h"

#include "sim/check/transactions/flaws.h"
#include "sim/check/transactions/judge_versioned.h"
#include "sim/check/transactions/list_reads.h"

#include <optional>
#include <string>
#include <utility>

namespace cleave::transactions {

Finding judge_list_append(const History& history, const Question& question) {
  const Writes appends(history, Call::append);
  ListReads found = list_reads(history, appends);
  Finding finding;
  if (found.known == 0) {
    finding.why = "no transaction read a list, so that any order of them is right";
    return finding;
  }
  std::string doubt;
  if (found.unclear > 0) {
    const Write& twice = appends[*appends.repeated()];
    doubt = to_text(twice.value, history.names) + " was appended to " +
            to_text(history.keys[twice.key], history.names) +
            " more than once, so that a list does not say by whom; append each value once";
  }
  if (auto flaw = worst_flaw(history, found.flaws, question.level)) {
    finding = *std::move(flaw);
  } else {
    Versioned versioned{history,
                        appends,
                        found.happened,
                        std::move(found.reads),
                        std::move(found.order),
                        std::move(found.settled),
                        {}};
    finding = judge_versioned(std::move(versioned), question, SessionOrder::if_named,
                              search_for_order, doubt);
  }
  finding.checked = found.known;
  return finding;
}

}  // namespace cleave::transactions
