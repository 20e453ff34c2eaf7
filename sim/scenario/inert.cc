#include "sim/scenario/inert.h"

#include <cstdint>
#include <string_view>

namespace cleave {
namespace {

// What the effect of a verb is counted by, and what it means that there was none.
struct Trace {
  std::uint64_t count = 0;
  std::string_view without;
};

Trace trace_of(Verb verb, const FaultEffect& e) {
  switch (verb) {
    case Verb::cut:
    case Verb::cut_one_way:
    case Verb::bridge:
    case Verb::majorities_ring:
    case Verb::isolate:
      return {e.dropped + e.delayed, "no packet tried to cross it"};
    case Verb::hold:
      return {e.delayed + e.dropped, "there was no packet to hold"};
    case Verb::delay:
    case Verb::jitter:
      return {e.delayed, "no packet passed between the two"};
    case Verb::bandwidth:
      return {e.delayed + e.dropped, "no packet passed between the two"};
    case Verb::loss:
    case Verb::bursty_loss:
      return {e.dropped + e.delayed, "no packet was lost: none passed, or chance spared them all"};
    case Verb::duplicate:
      return {e.duplicated, "no packet was doubled: none passed, or chance spared them all"};
    case Verb::reorder:
      return {e.delayed, "no packet had to wait: none passed, or chance spared them all"};
    case Verb::heal:
      return {e.ended, "no fault that it could end was on"};
    case Verb::release:
      return {e.ended, "no hold was on"};
    case Verb::crash:
    case Verb::lose_unsynced:
    case Verb::torn_write:
      return {e.hosts, "every host that it names was down already, or it named none"};
    case Verb::restart:
      return {e.hosts, "no host that it names was down"};
    case Verb::pause:
      return {e.hosts, "no host that it names was running"};
    case Verb::resume:
      return {e.hosts, "no host that it names was paused"};
    case Verb::skew:
    case Verb::drift:
    case Verb::clock_jump:
    case Verb::clock_freeze:
      return {e.readings, "nobody read a clock that it had changed"};
    case Verb::disk_slow:
      return {e.slowed, "no disk that it slows was asked to sync"};
    case Verb::disk_full:
      return {e.refused, "nobody tried to write to a disk that it fills"};
    case Verb::backup:
      return {e.hosts, "it named no host"};
    case Verb::restore_backup:
      return {e.hosts, "no host that it names is in that backup"};
    case Verb::upgrade:
      return {e.hosts, "every host that it names ran that version already"};
  }
  return {};
}

}  // namespace

std::string why_inert(const Fault& fault, const FaultEffect& effect) {
  if (effect.begun == 0) return "it never began: the run was over before";
  const Trace trace = trace_of(fault.verb, effect);
  return trace.count > 0 ? std::string() : std::string(trace.without);
}

}  // namespace cleave
