// What two futures came to, side by side.
#include "gui/tables.h"
#include "sim/report/phrases.h"
#include "sim/report/typography.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cleave::gui {
namespace {

using Kind = draw::Target::Kind;

// A claim in both futures; null: it is not made there.
struct Claim {
  const ExpectationResult* here = nullptr;
  const ExpectationResult* beside = nullptr;
  draw::Target target;
};

// Those of the first in its order, then what the other claims beyond them.
std::vector<Claim> claims_of_both(const RunResult& here, const RunResult& beside) {
  std::vector<Claim> all;
  for (std::uint32_t i = 0; i < here.expectations.size(); ++i)
    all.push_back({&here.expectations[i], nullptr, {Kind::verdict, i, 0}});
  for (const ExpectationResult& other : beside.expectations) {
    const auto same = std::find_if(all.begin(), all.end(), [&](const Claim& claim) {
      return claim.here && !claim.beside && claim.here->name == other.name;
    });
    if (same == all.end())
      all.push_back({nullptr, &other, {}});
    else
      same->beside = &other;
  }
  return all;
}

// What is not as stated in one of them, what is violated in one, and the rest.
int rank(const Claim& claim) {
  const auto either = [&](auto is) {
    return (claim.here && is(*claim.here)) || (claim.beside && is(*claim.beside));
  };
  if (either([](const ExpectationResult& e) { return !e.as_stated(); })) return 0;
  return either([](const ExpectationResult& e) { return e.verdict.word == Word::violated; }) ? 1
                                                                                             : 2;
}

std::string verdict_of(const ExpectationResult* e) {
  if (!e) return "not claimed";
  const std::string word(to_string(e->verdict.word));
  return e->as_stated() ? word : word + ", not as stated";
}

std::string service(const RunResult& run) {
  const AvailabilityRow* least = least_served(run);
  if (!least) return "nobody asked";
  const std::string share = percentage(served(*least), operations(*least));
  return served(*least) == operations(*least) ? share : share + " of " + least->group;
}

std::string loss(const RunResult& run, const std::string& store) {
  for (const StoreResult& s : run.stores)
    if (s.name == store) return grouped(s.lost_acknowledged) + " of " + grouped(s.acknowledged);
  return "no such store";
}

std::vector<std::string> stores_of_both(const RunResult& here, const RunResult& beside) {
  std::vector<std::string> names;
  for (const RunResult* run : {&here, &beside})
    for (const StoreResult& store : run->stores)
      if (std::find(names.begin(), names.end(), store.name) == names.end())
        names.push_back(store.name);
  return names;
}

}  // namespace

Rows compared_rows(const Named& here, const Named& beside) {
  const RunResult& a = here.recording.result;
  const RunResult& b = beside.recording.result;
  Rows rows;
  rows.table.title = "Verdicts of both";
  rows.table.head = {"", "Claim", here.label, beside.label};
  const auto add = [&](std::vector<std::string> row, draw::Target target) {
    rows.table.rows.push_back(std::move(row));
    rows.targets.push_back(target);
  };
  if (least_served(a) || least_served(b)) add({"", "least served", service(a), service(b)}, {});
  const std::vector<std::string> stores = stores_of_both(a, b);
  for (const std::string& store : stores)
    add({"", "writes lost" + (stores.size() > 1 ? ", " + store : ""), loss(a, store),
         loss(b, store)},
        {});
  std::vector<Claim> claims = claims_of_both(a, b);
  std::stable_sort(claims.begin(), claims.end(),
                   [](const Claim& x, const Claim& y) { return rank(x) < rank(y); });
  for (const Claim& claim : claims)
    add({claim.here ? sign_of(claim.here->verdict.word) : "",
         claim.here ? claim.here->name : claim.beside->name, verdict_of(claim.here),
         verdict_of(claim.beside)},
        claim.target);
  return rows;
}

}  // namespace cleave::gui
