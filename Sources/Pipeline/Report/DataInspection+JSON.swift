import Artifacts
import Backtesting

extension DataInspection {
  /// The findings as one JSON object.
  public func document() throws -> [UInt8] { try JSONDocument.encode(json) }

  /// The findings.
  var json: JSONValue {
    [
      "market": .text(market.name),
      "bars": .integer(market.count),
      "first": time(market.hasTimes ? market.timestamps.first : nil),
      "last": time(market.hasTimes ? market.timestamps.last : nil),
      "times": times,
      "spacing": .text(calendar.spacingWords),
      "spacing_seconds": .number(market.hasTimes ? Double(calendar.spacing) / 1e6 : .nan),
      "median_spacing_seconds": .number(market.hasTimes ? Double(calendar.medianSpacing) / 1e6 : .nan),
      "bars_per_year": .number(calendar.barsPerYear),
      "bars_per_year_rule": .text(calendar.yearRule.identifier),
      "bars_per_year_reason": .text(
        calendar.yearRule.words(option: "bars-per-year", of: "fluke sweep")),
      "bars_per_session": market.hasTimes ? .integer(calendar.barsPerSession) : .null,
      "close": [
        "lowest": .number(market.close.min() ?? .nan), "highest": .number(market.close.max() ?? .nan),
      ],
      "gaps": .list(continuity.gaps.map(gap)),
      "missing_bars": .integer(counts.missingBars),
      "bars_off_grid": .integer(counts.barsOffGrid),
      "closed_weekdays": .integer(counts.closedWeekdays),
      "spacing_change": change,
      "notes": .list(notes.map { ["topic": .text($0.topic), "text": .text($0.text)] }),
      "left_out": .list(
        (report?.skipped ?? []).map {
          [
            "reason": .text($0.reason.rawValue), "rows": .integer($0.rows),
            "first_line": .integer($0.firstLine),
          ]
        }),
    ]
  }

  private var times: JSONValue {
    guard let times = report?.times else { return .null }
    return ["format": .text(times.format), "newest_first": .flag(times.isNewestFirst)]
  }

  private var change: JSONValue {
    guard case .mixed(let change) = calendar.yearRule else { return .null }
    return [
      "bar": .integer(change.bar), "time": time(change.time),
      "seconds_before": .number(Double(change.before) / 1e6),
      "seconds_after": .number(Double(change.after) / 1e6),
    ]
  }

  private func gap(_ gap: MarketContinuity.Gap) -> JSONValue {
    [
      "kind": .text(gap.kind.rawValue), "from": time(gap.from), "to": time(gap.to),
      "missing_bars": .integer(gap.missingBars),
    ]
  }

  private func time(_ time: Int64?) -> JSONValue {
    time.map { .text(CivilTime.iso8601(microseconds: $0)) } ?? .null
  }
}
