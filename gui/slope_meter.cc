#include "gui/slope_meter.h"

#include <exception>
#include <stop_token>
#include <utility>

namespace cleave::gui {
namespace {

struct GivenUp {};

}  // namespace

SlopeMeter::SlopeMeter() {
  connect(
      this, &SlopeMeter::posted, this, [](const std::function<void()>& task) { task(); },
      Qt::QueuedConnection);
}

SlopeMeter::~SlopeMeter() = default;

void SlopeMeter::measure(const Scenario& scenario, std::uint64_t seed) {
  const std::uint64_t asked = ++asked_;
  const auto tell = [this, asked](std::function<void()> emit) {
    Q_EMIT posted([this, asked, emit = std::move(emit)] {
      if (asked == asked_) emit();
    });
  };
  // Ends the one before first: its next look at the token is milliseconds away.
  thread_ = std::jthread([this, scenario, seed, tell](const std::stop_token& stop) {
    RunOptions options;
    options.seed = seed;
    options.visit = [&stop](const World&) {
      if (stop.stop_requested()) throw GivenUp{};
    };
    try {
      tell([this, slopes = cost_of_distance(scenario, options)] { Q_EMIT measured(slopes); });
    } catch (const GivenUp&) {
    } catch (const std::exception& error) {
      tell([this, what = QString::fromUtf8(error.what())] { Q_EMIT failed(what); });
    }
  });
}

}  // namespace cleave::gui
