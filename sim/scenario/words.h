// The words of the scenario format as schemas: what reading checks, `cleave schema` and `cleave
// list` print, and the reference page is made of. Each is defined beside its reader.
#pragma once
#include "sim/base/schema.h"
#include "sim/engine/fault.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cleave {

const Schema& scenario_words();  // a whole file; the others are nested in it
const Schema& topology_words();
const Schema& link_words();
const Schema& bursts_words();
const Schema& reorder_words();
const Schema& connection_words();
const Schema& store_words();
const Schema& clients_words();
const Schema& people_words();
const Schema& services_words();
const Schema& conversation_words();
const Schema& workload_words();
const Schema& fault_words();  // one of the verbs
const Schema& liveness_words();
const Schema& expect_words();  // one of the judges
const Schema& comparison_words();
const Schema& swarm_words();

// The schema of one fault verb.
const Schema& verb_words(Verb verb);
std::span<const Verb> all_verbs();

// All of the above and the options of every engine, as a page in Markdown.
std::string reference_page();

}  // namespace cleave
