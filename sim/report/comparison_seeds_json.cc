#include "sim/report/comparison_report.h"
#include "sim/report/json_writer.h"
#include "sim/report/version.h"

#include <cstddef>

namespace cleave {
namespace {

using Layout = JsonWriter::Layout;

std::string key_of(Measure measure) {
  switch (measure) {
    case Measure::together:
      return "together_ns";
    case Measure::least_served:
      return "least_served_ppm";
    case Measure::p50:
      return "p50_ns";
    case Measure::p99:
      return "p99_ns";
    default:
      return std::string(to_string(measure));
  }
}

void write_measures(JsonWriter& out, const Comparison& comparison, const Compared& compared) {
  out.key("measures").open('[', Layout::lines);
  for (std::size_t i = 0; i < kMeasures; ++i) {
    const auto measure = static_cast<Measure>(i);
    const auto spread = spread_of(compared, measure);
    out.open('{').field("name", key_of(measure)).field("count", spread ? spread->count : 0);
    out.field("median", spread ? std::optional(spread->median) : std::nullopt)
        .field("low", spread ? std::optional(spread->low) : std::nullopt)
        .field("high", spread ? std::optional(spread->high) : std::nullopt);
    const auto paired = difference(comparison.all.front(), compared, measure);
    out.field("higher", paired ? paired->higher : 0)
        .field("lower", paired ? paired->lower : 0)
        .field("equal", paired ? paired->equal : 0)
        .field("median_difference", paired ? std::optional(paired->median) : std::nullopt)
        .close('}');
  }
  out.close(']');
}

}  // namespace

std::string json_comparison(const Comparison& comparison) {
  JsonWriter out;
  out.open('{', Layout::lines)
      .field("cleave", kVersion)
      .field("behaviour", comparison.behaviour)
      .field("scenario", comparison.scenario)
      .field("file", comparison.file);
  out.key("settings").open('[');
  for (const std::string& setting : comparison.settings)
    out.value(setting);
  out.close(']');
  out.key("seeds")
      .open('{')
      .field("from", comparison.first_seed)
      .field("to", comparison.last_seed)
      .close('}');
  out.field("status", static_cast<int>(status_of(comparison)));
  out.key("configurations").open('[', Layout::lines);
  for (const Compared& compared : comparison.all) {
    out.open('{', Layout::lines)
        .field("configuration", compared.name)
        .field("varied", compared.value)
        .field("delay_ns", compared.delay)
        .field("as_stated", as_stated(compared));
    write_measures(out, comparison, compared);
    out.close('}');
  }
  out.close(']');
  out.key("delay_slopes").open('[', Layout::lines);
  for (const DelaySlope& slope : delay_slopes(comparison))
    out.open('{')
        .field("configuration", slope.configuration)
        .field("operation", slope.operation)
        .field("thousandths", slope.thousandths)
        .field("delays", slope.delays)
        .close('}');
  out.close(']');
  out.close('}');
  return std::move(out).text() + "\n";
}

}  // namespace cleave
