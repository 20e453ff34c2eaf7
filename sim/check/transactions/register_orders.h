// What the levels that know snapshots or a serial order say of the versions of registers: who saw
// two writes says which one came first, and what was read says which one had not come yet. Repeated
// until nothing new follows (Biswas and Enea 2019, 4; the pruning of PolySI, Huang et al. 2023).
#pragma once
#include "sim/check/transactions/order_search.h"

namespace cleave::transactions {

// An Infer. Requires: the graph holds the order of sessions. Infers less, or nothing, if clocks of
// all sessions would not keep to the budget.
std::vector<Inferred> infer_register_orders(const Versioned& versioned, Level level,
                                            std::vector<Edge>& edges, const Budget& budget,
                                            Work& work);

}  // namespace cleave::transactions
