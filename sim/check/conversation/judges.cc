#include "sim/check/conversation/judges.h"

#include "sim/check/conversation/durable_first.h"
#include "sim/check/conversation/message_order.h"
#include "sim/check/conversation/messages_arrive.h"
#include "sim/check/conversation/same_view.h"
#include "sim/check/conversation/shown_once.h"
#include "sim/check/conversation/ticks_rise.h"
#include "sim/check/conversation/truthful_ticks.h"

#include <array>

namespace cleave::conversation {
namespace {

constexpr std::array kJudges{Judge::causal_order,  Judge::durable_first,   Judge::messages_arrive,
                             Judge::queues_drain,  Judge::receipts_arrive, Judge::same_view,
                             Judge::sender_order,  Judge::shown_once,      Judge::ticks_rise,
                             Judge::truthful_ticks};

}  // namespace

std::string_view to_string(Judge judge) {
  switch (judge) {
    case Judge::causal_order:
      return "causal-order";
    case Judge::durable_first:
      return "durable-first";
    case Judge::messages_arrive:
      return "messages-arrive";
    case Judge::queues_drain:
      return "queues-drain";
    case Judge::receipts_arrive:
      return "receipts-arrive";
    case Judge::same_view:
      return "same-view";
    case Judge::sender_order:
      return "sender-order";
    case Judge::shown_once:
      return "shown-once";
    case Judge::ticks_rise:
      return "ticks-rise";
    case Judge::truthful_ticks:
      return "truthful-ticks";
  }
  return "?";
}

std::span<const Judge> judges() {
  return kJudges;
}

std::optional<Judge> judge_of(std::string_view name) {
  for (const Judge judge : kJudges)
    if (to_string(judge) == name) return judge;
  return std::nullopt;
}

bool waits_for_fault(Judge judge) {
  return judge == Judge::messages_arrive || judge == Judge::queues_drain ||
         judge == Judge::receipts_arrive;
}

bool has_deadline(Judge judge) {
  return waits_for_fault(judge) || judge == Judge::same_view;
}

std::unique_ptr<Checker> make(Judge judge, const Scope& scope) {
  const Watched watched(scope.devices);
  using Relation = MessageOrder::Relation;
  switch (judge) {
    case Judge::causal_order:
      return std::make_unique<MessageOrder>(watched, Relation::causal);
    case Judge::durable_first:
      return std::make_unique<DurableFirst>(watched);
    case Judge::messages_arrive:
      return std::make_unique<MessagesArrive>(watched, scope.deadlines);
    case Judge::queues_drain:
      return std::make_unique<MessagesArrive>(watched, scope.deadlines,
                                              MessagesArrive::Until::acknowledged);
    case Judge::receipts_arrive:
      return std::make_unique<ReceiptsArrive>(
          ReceiptsArrive::Options{watched, scope.persons, scope.deadlines});
    case Judge::same_view:
      return std::make_unique<SameView>(SameView::Options{watched, scope.deadlines.within});
    case Judge::sender_order:
      return std::make_unique<MessageOrder>(watched, Relation::sender);
    case Judge::shown_once:
      return std::make_unique<ShownOnce>(watched);
    case Judge::ticks_rise:
      return std::make_unique<TicksRise>(watched);
    case Judge::truthful_ticks:
      return std::make_unique<TruthfulTicks>(TruthfulTicks::Options{watched, scope.persons});
  }
  return nullptr;
}

}  // namespace cleave::conversation
