#include "sim/check/linear/monitor.h"

namespace cleave::linear {

Monitored monitor(const History& history, const Question& question,
                  std::span<const std::uint32_t> operations) {
  switch (question.model) {
    case Model::reg:
    case Model::cas_register:
      return monitor_register(history, question.init, operations);
    case Model::max_register:
      return monitor_max_register(history, question.init, operations);
    case Model::set:
    case Model::set_full:
    case Model::log:
      return monitor_growth(history, question.model, operations);
    case Model::queue:
    case Model::fifo_queue:
      return monitor_queue(history, question.model, operations);
    default:
      return {};
  }
}

}  // namespace cleave::linear
