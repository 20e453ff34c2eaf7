#include "sim/check/orders.h"

#include "sim/check/words.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cleave {
namespace {

std::string named(const StoreOrder& order) {
  return "'" + order.what + "', ordered for " + in_seconds(order.at);
}

}  // namespace

Orders::Orders(Options options) : options_(std::move(options)), done_(options_.orders.size()) {}

void Orders::on(const Fact& fact) {
  if (fact.name != facts::kOrderDone.hash || fact.subject >= done_.size()) return;
  const NodeId about{static_cast<std::uint32_t>(fact.value)};
  const auto& replicas = options_.replicas;
  if (std::find(replicas.begin(), replicas.end(), about) == replicas.end()) return;
  done_[fact.subject] = fact.at;
}

std::size_t Orders::done() const {
  return static_cast<std::size_t>(
      std::count_if(done_.begin(), done_.end(), [](const auto& done) { return done.has_value(); }));
}

bool Orders::all_done() const {
  return done() == done_.size();
}

std::uint32_t Orders::line() const {
  if (const StoreOrder* open = first_open(false)) return open->line;
  if (const StoreOrder* open = first_open(true)) return open->line;
  return options_.orders.empty() ? 0 : options_.orders.front().line;
}

const StoreOrder* Orders::first_open(bool may_be_inert) const {
  for (std::size_t i = 0; i < done_.size(); ++i)
    if (!done_[i] && (may_be_inert || !options_.orders[i].may_be_inert)) return &options_.orders[i];
  return nullptr;
}

Verdict Orders::finish(const RunEnd& /*end*/) {
  const std::string share = std::to_string(done()) + " of " + count_of(done_.size(), "order");
  Verdict verdict{Word::holds, share + " done", done(), std::nullopt, {}};
  const StoreOrder* first = first_open(true);
  if (!first) {
    const auto last = std::max_element(done_.begin(), done_.end());
    if (last != done_.end()) verdict.why += ", the last at " + in_seconds(**last);
    return verdict;
  }
  const StoreOrder* wrong = first_open(false);
  if (!wrong) {
    verdict.why += "; " + named(*first) + ", was not, as it may be";
    return verdict;
  }
  verdict.word = Word::vacuous;
  verdict.why = named(*wrong) + ", was not done by the end; " + share + " done";
  if (first != wrong) verdict.why += "; it waits for " + named(*first);
  return verdict;
}

}  // namespace cleave
