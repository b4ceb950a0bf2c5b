import Backtesting
import Kernels

/// What the rows of a file of signals are.
public enum SignalsAxis: String, Codable, CaseIterable, Sendable {
  /// A row is a bar, a column a strategy.
  case bars
  /// A row is a strategy, a column a bar.
  case strategies
}

/// Signals as a file has them, row by row, with what it calls its rows and columns.
public struct ImportedSignals: Sendable, Equatable {
  /// The name of the file in messages.
  let file: String
  /// The signals; rows are bars or strategies, see ``axis``.
  let rows: SignalRows
  let rowLabels: SignalLabels
  let columnLabels: SignalLabels
  /// Whether strategies are sorted by name, because the file's order has no meaning.
  let sortsNames: Bool
  /// The lines on which rows begin, counted from 1; empty where the file has no lines.
  var lines: [Int] = []
  /// What the format says of its rows; `nil` where only labels can tell.
  var format: SignalsAxis?

  /// What the rows are, as far as the file tells: by its format, by times, or by names, which only strategies have.
  public var axis: SignalsAxis? {
    if let format { return format }
    switch (rowLabels, columnLabels) {
    case (.times, .times): return nil
    case (.times, _): return .bars
    case (_, .times): return .strategies
    case (.names, _): return .strategies
    case (_, .names): return .bars
    default: return nil
    }
  }

  /// The strategies with rows taken as `axis` says, before bars are compared with a market's.
  ///
  /// - Throws: ``ImportError/repeatedName(_:kind:name:)``, ``ImportError/badSignals(_:_:)``.
  public func strategies(_ axis: SignalsAxis) throws(ImportError) -> GivenSignals {
    let labels = axis == .bars ? columnLabels : rowLabels
    let count = axis == .bars ? rows.width : rows.count
    let ids = labels.texts ?? (0..<count).map(String.init)
    var seen: Set<String> = []
    for (index, id) in ids.enumerated() {
      if id.isEmpty { throw .badSignals(file, .emptyName(axis: axis, number: index + 1)) }
      if !seen.insert(id).inserted {
        throw .repeatedName(file, kind: "strategy", name: ImportText.brief(id))
      }
    }
    guard sortsNames else {
      let signals = axis == .bars ? SignalColumns(bars: rows) : SignalColumns(strategies: rows)
      return GivenSignals(ids: ids, signals: signals)
    }
    let order = ids.indices.sorted { NaturalOrder.isLess(ids[$0], ids[$1]) }
    let strategies = (axis == .bars ? rows.transposed : rows).rows(order)
    return GivenSignals(ids: order.map { ids[$0] }, signals: SignalColumns(strategies: strategies))
  }

  /// The same signals of fewer rows.
  func rows(_ range: Range<Int>) -> ImportedSignals {
    ImportedSignals(
      file: file, rows: rows.rows(range), rowLabels: rowLabels[range], columnLabels: columnLabels,
      sortsNames: sortsNames, lines: lines.isEmpty ? [] : Array(lines[range]), format: format)
  }

  /// Rows as columns and columns as rows; lines are no longer known.
  var turned: ImportedSignals {
    let other: SignalsAxis? = format.map { $0 == .bars ? .strategies : .bars }
    return ImportedSignals(
      file: file, rows: rows.transposed, rowLabels: columnLabels, columnLabels: rowLabels,
      sortsNames: sortsNames, format: other)
  }
}

/// Strategies that were made elsewhere, and how many rows of their file are for bars outside of the market.
public struct GivenSignals: Sendable, Equatable {
  /// The strategies' names, all different.
  public let ids: [String]
  /// The signals of each, in the order of `ids`.
  public let signals: SignalColumns
  /// Rows before the market's first bar, which were left out.
  var rowsBefore = 0
  /// Rows after the market's last bar, which were left out.
  var rowsAfter = 0
  /// Whether the file begins with the newest bar, and was turned round.
  var wasNewestFirst = false
  /// Whether each row of the file was given to the bar of its time.
  var hasTimes = false

  public init(ids: [String], signals: SignalColumns) {
    self.ids = ids
    self.signals = signals
  }
}

extension GivenSignals {
  /// What of the file was left out, turned round or taken for something else.
  ///
  /// - Parameters:
  ///   - barsWereTurned: whether the file of bars began with the newest.
  ///   - direction: the sides of the market that are taken.
  func notes(barsWereTurned: Bool, direction: Direction) -> [DataNote] {
    var notes: [DataNote] = []
    if barsWereTurned, !hasTimes {
      notes.append(
        DataNote(
          "signals",
          "without times, so the first is that of the oldest bar, though the bars began with the newest"))
    }
    for (rows, place) in [(rowsBefore, "before the first bar"), (rowsAfter, "after the last bar")]
    where rows > 0 {
      notes.append(
        DataNote("signals", "\(Figures.count(rows)) row\(rows == 1 ? "" : "s") \(place) left out"))
    }
    if direction == .long, signals.everShort > 0 {
      notes.append(
        DataNote(
          "signals",
          "-1 (of \(Figures.count(signals.everShort, "strategy", "strategies"))) counts as flat, since positions are long "
            + "only; --direction long-short makes it short"))
    }
    if wasNewestFirst { notes.append(DataNote("signals", "newest first in the file, turned round")) }
    return notes
  }
}
