import Artifacts

/// What one trial showed in one cell: a row of `results/trials.csv`.
public struct TrialRow: Equatable, Sendable {
  /// The number of the trial, from 0.
  public let trial: Int
  /// What it was drawn under.
  public let seeds: TrialSeeds
  /// What was run.
  public let cell: TrialCell
  /// What the winner is called; `nil` where no strategy had trades enough to be chosen.
  public let winner: String?
  /// By ``TrialFigure``, in its order; NaN where undefined.
  public let figures: [Double]

  /// One figure.
  public subscript(figure: TrialFigure) -> Double { figures[figure.place] }
}

extension TrialRow {
  /// The row of a trial in a cell with what the record of `scanner` holds, as far as it can be read.
  init(_ scanner: borrowing DelimitedScanner, trial: Int, seeds: TrialSeeds, cell: TrialCell) {
    let width = TrialsTable.keys.count
    let winner = scanner.text(width - 2)
    self.init(
      trial: trial, seeds: seeds, cell: cell, winner: winner.isEmpty ? nil : winner,
      figures: TrialFigure.allCases.indices.map { scanner.number(width + $0) ?? .nan })
  }

  /// Whether each figure is undefined or one that it can be.
  var isPlausible: Bool {
    zip(TrialFigure.allCases, figures).allSatisfy { $1.isNaN || $0.range.contains($1) }
  }
}

extension TrialFigure {
  /// What it can be.
  fileprivate var range: ClosedRange<Double> {
    switch self {
    case .trainingWinRate, .validationWinRate, .pbo, .probabilityOfLoss, .deflatedSharpe, .pValue,
      .bonferroniPValue, .spaPValue, .winnerPValue, .skill:
      0...1
    case .sharpeDeviation, .reasons: 0...Double.greatestFiniteMagnitude
    default: -Double.infinity...Double.infinity
    }
  }

  /// Its place among all figures.
  var place: Int { Self.places[self]! }

  private static let places = Dictionary(uniqueKeysWithValues: zip(allCases, allCases.indices))
}

/// The table of trials as text: by trial, then by edge, then by number of strategies.
enum TrialsTable {
  /// The columns before the figures.
  static let keys = [
    "trial", "strategy_seed", "market_seed", "edge", "strategies", "winner", "overfitting_detected",
  ]

  /// How many columns there are.
  static let width = keys.count + TrialFigure.allCases.count

  /// The line of names.
  static var header: [UInt8] {
    var table = CSVEncoder()
    for name in keys + TrialFigure.allCases.map(\.rawValue) { table.append(name) }
    table.endRow()
    return table.bytes
  }

  /// The lines of `rows`.
  ///
  /// - Parameter hasMarketSeed: whether bars differ from trial to trial.
  static func lines(_ rows: [TrialRow], hasMarketSeed: Bool) -> [UInt8] {
    var table = CSVEncoder(capacity: rows.count * 384)
    for row in rows {
      table.append(row.trial)
      table.append("\(row.seeds.strategies)")
      table.append(hasMarketSeed ? "\(row.seeds.market)" : "")
      table.append(row.cell.edge)
      table.append(row.cell.strategies)
      table.append(row.winner ?? "")
      table.append(row.winner == nil ? "" : row[.reasons] > 0 ? "true" : "false")
      for figure in row.figures { table.append(figure) }
      table.endRow()
    }
    return table.bytes
  }
}
