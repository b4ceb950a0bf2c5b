import Artifacts
import Backtesting

/// Rows that cannot be used, counted while a file is read.
struct BadRowCounts {
  /// The first that is wrong; a row that says of its price that there is none is not.
  private(set) var first: (line: Int, fault: RowFault)?
  /// The first that has no price.
  private(set) var firstWithoutPrice: (line: Int, fault: RowFault)?
  private var counts: [RowFault.Reason: (rows: Int, firstLine: Int)] = [:]
  private var badByRange = 0
  /// Bars before which rows are missing, by how many bars came before, and how many rows.
  private var gaps: [(bar: Int, rows: Int)] = []

  /// Counts `rows` of them that begin at `line`.
  ///
  /// - Parameters:
  ///   - after: how many good rows came before; `nil` if that is not known.
  ///   - isOfRange: whether the close could be used.
  mutating func note(_ fault: RowFault, line: Int, rows: Int, after: Int?, isOfRange: Bool = false) {
    if fault.reason == .noPrice {
      firstWithoutPrice = firstWithoutPrice ?? (line, fault)
    } else if first.map({ line < $0.line }) ?? true {
      first = (line, fault)
    }
    var entry = counts[fault.reason, default: (0, line)]
    entry.rows += rows
    entry.firstLine = min(entry.firstLine, line)
    counts[fault.reason] = entry
    if isOfRange { badByRange += rows }
    guard let after else { return }
    if gaps.last?.bar == after { gaps[gaps.count - 1].rows += rows } else { gaps.append((after, rows)) }
  }

  /// By reason, in the order of the reasons' first lines.
  var skipped: [ImportReport.Skipped] {
    counts.map { ImportReport.Skipped(reason: $0, rows: $1.rows, firstLine: $1.firstLine) }
      .sorted { ($0.firstLine, $0.reason.rawValue) < ($1.firstLine, $1.reason.rawValue) }
  }

  /// What a message says of them.
  func rows(of all: Int, closeAlone: String) -> BadRows {
    BadRows(
      line: first?.line ?? 1, fault: first?.fault ?? .blankLine, rows: all,
      kinds: skipped.filter { $0.reason != .noPrice }.map { BadRows.Kind(reason: $0.reason, rows: $0.rows) }
        .sorted {
          $0.rows != $1.rows ? $0.rows > $1.rows : $0.reason.rawValue < $1.reason.rawValue
        }, badByRange: badByRange, closeAlone: closeAlone)
  }

  /// The largest holes that rows left out have made: those of a month or more, and of ten bars.
  func holes(_ times: [Int64], kept: [Int]?, isReversed: Bool) -> [DataNote] {
    if gaps.isEmpty { return [] }
    let day = CivilTime.microsecondsPerDay
    let spacing = TradingCalendar(timestamps: times).medianSpacing
    let found = gaps.compactMap { gap -> (bar: Int, rows: Int)? in
      var bar = gap.bar
      if let kept { bar = kept.partitioningIndex { $0 >= gap.bar } }
      if isReversed { bar = times.count - bar }
      guard bar > 0, bar < times.count else { return nil }
      let distance = times[bar] - times[bar - 1]
      return distance > 30 * day && distance > 10 * spacing ? (bar, gap.rows) : nil
    }
    return found.sorted { times[$0.bar] - times[$0.bar - 1] > times[$1.bar] - times[$1.bar - 1] }.prefix(3)
      .map { hole in
        let (from, to) = (times[hole.bar - 1], times[hole.bar])
        let days = Double(to - from) / Double(day)
        let length =
          days < 730 ? "\(Figures.decimals(days, 0)) days" : "\(Figures.decimals(days / 365.25, 1)) years"
        return DataNote(
          "hole",
          "\(length) from \(DataNote.moment(from)) to \(DataNote.moment(to)), where \(Figures.count(hole.rows)) "
            + "row\(hole.rows == 1 ? " was" : "s were") left out; the next bar counts as one step")
      }
  }
}

extension Array where Element == Int {
  /// The first index whose element `belongs`, where all before do not and all behind do.
  fileprivate func partitioningIndex(where belongs: (Int) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongs(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
