// What the readers of the parts of a scenario share: private to sim/scenario/read_*.cc.
#pragma once
#include "sim/base/diagnostics.h"
#include "sim/base/quantity.h"
#include "sim/base/reader.h"
#include "sim/base/section.h"
#include "sim/scenario/members.h"
#include "sim/scenario/scenario.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

// The parts, in the order in which they are read: each may look at those before it.
void read_topology(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
void read_stores(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
void read_clients(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
// Of a scenario that has messaging.
void read_people(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
void read_groups(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
void read_services(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
void read_conversations(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
void read_workload(const Section& section, Scenario& scenario, Diagnostics& diagnostics);
// Members: null while who is who is not known because of other mistakes.
void read_faults(const Section& section, Scenario& scenario, const std::vector<Member>* members,
                 Diagnostics& diagnostics);
// After the faults, which it may shorten.
void read_liveness(const Section& section, Scenario& scenario, const std::vector<Member>* members,
                   Diagnostics& diagnostics);
void read_expectations(const Section& section, Scenario& scenario, Diagnostics& diagnostics);

// Loss in bursts, as links and faults say it.
BurstyLoss read_bursts(Reader& reader);
Parsed<KeySpec> parse_keys(std::string_view text);

// A word that must be one of some names.
struct NameLookup {
  std::string_view what;  // "region"
  std::vector<std::string_view> names;
};
// Index of the name; else says what is wrong, with the nearest one.
std::optional<std::uint32_t> find_name(const NameLookup& lookup, std::string_view word,
                                       const Mark& mark, Diagnostics& diagnostics);

// The same for a region of the topology; knows what the latency table knows.
std::optional<std::uint32_t> find_region(const Scenario& scenario, std::string_view word,
                                         const Mark& mark, Diagnostics& diagnostics);
// Whether a word is a region of the table only: the topology leaves it out, or has a misspelt one
// in its place, which has been said then.
enum class InTable : std::uint8_t { no, left_out, misspelt };
InTable in_table_only(const Scenario& scenario, std::string_view word);

NameLookup region_names(const Scenario& scenario);
NameLookup store_names(const Scenario& scenario);
NameLookup client_names(const Scenario& scenario);
NameLookup fault_names(const Scenario& scenario);
NameLookup people_names(const Scenario& scenario);  // requires: it has messaging
// One person or people who are alike, by name; one of these by `NAME/3`.
std::optional<PeopleSpec> find_people(const Scenario& scenario, std::string_view word,
                                      const Mark& mark, Diagnostics& diagnostics);
// Index of the conversation of this name and these members, which is made if need be.
std::uint32_t conversation_of(MessagingSpec& messaging, MessagingCast::Conversation wanted);

// The items of a list, or the one value that stands for a list of one.
std::vector<const Section*> items_of(const Section& section);

// Of alternatives such as the verbs of faults: the one whose own key, which its schema is named
// after, is in the section. Else says what is wrong, and returns null.
const Schema* find_alternative(const Section& section, const Schema& alternatives,
                               Diagnostics& diagnostics);

}  // namespace cleave
