#include "models/catalogue.h"
#include "models/store/chain/replica.h"
#include "sim/base/reader.h"

namespace cleave::models::store::chain {

namespace {

const Schema& schema() {
  static const Schema kSchema{
      .name = "chain",
      .doc = "Options of the engine chain.",
      .fields = {{.key = "reads",
                  .type = Type::choice,
                  .range = "tail | any",
                  .default_text = "tail",
                  .doc = "Which replicas answer reads that ask for no consistency of their own "
                         "(the paper: the tail)."}}};
  return kSchema;
}

std::vector<Promise> promises() {
  using enum Kept;
  return {{.options = {{"reads", "tail"}},
           .kept = {always, always, always, always, always, always, always, always},
           .blocks = true,
           .about = "An update is acknowledged when every disk has it, so that none is lost while "
                    "one disk is left. One replica out of reach stops all updates, and whoever "
                    "does not reach the tail cannot read either."},
          {.options = {{"reads", "any"}},
           .kept = {always, always, always, always, always, always, always, always},
           .blocks = true,
           .about = "As before, and everybody can read: what was acknowledged is on every disk. "
                    "But who asks near the head is shown what nobody has acknowledged, and who "
                    "asks near the tail afterwards is not."}};
}

Reads read_options(const Section& section, Diagnostics& diagnostics) {
  Reader reader(section, schema(), diagnostics);
  const Reads reads = reader.choice<Reads>("reads", {{"tail", Reads::tail}, {"any", Reads::any}});
  reader.finish();
  return reads;
}

void check(const Section& options, const Setting& /*setting*/, Diagnostics& diagnostics) {
  read_options(options, diagnostics);
}

BuiltStore build(World& world, const StorePlan& plan) {
  Diagnostics none;  // they have been checked
  Replica replica{.store = plan.store, .reads = read_options(plan.options, none)};
  const auto first = static_cast<std::uint32_t>(world.node_count());
  for (std::uint32_t i = 0; i < plan.replicas.size(); ++i)
    replica.chain.push_back({first + i});
  for (const Placement& placement : plan.replicas) {
    world.declare_replica(plan.store, world.add(placement.path, placement.host, replica));
    ++replica.place;
  }
  return {replica.chain, ReadsAt::any};  // whoever is asked passes it on
}

}  // namespace

Entry entry() {
  constexpr std::string_view kName = "chain";
  constexpr std::string_view kAbout =
      "Updates go down a chain of replicas from its head; the tail's word is everybody's.";
  return {kName, kAbout, Engine{kName, kAbout, schema(), promises(), check, build}};
}

}  // namespace cleave::models::store::chain
