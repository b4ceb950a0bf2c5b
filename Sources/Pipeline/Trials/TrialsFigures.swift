import Artifacts

/// The figures of all trials, read from their table.
struct TrialsFigures: Sendable {
  /// How many trials.
  let trials: Int
  /// By cell, by ``TrialFigure`` in its order, by trial.
  private let columns: [[[Double]]]
  /// By cell the trials in which nothing could be chosen.
  let withoutWinner: [Int]

  /// Reads the table that `refill` hands out in chunks.
  ///
  /// - Parameter first: the number of the first trial in it.
  /// - Throws: ``ConfigurationError/inTheWay(key:found:needed:remedy:)`` if it is not that of these trials.
  init(
    _ configuration: TrialsConfiguration, first: Int = 0, trials: Int, refill: @escaping () throws -> [UInt8]
  ) throws {
    let cells = configuration.cells
    self.trials = trials
    do {
      var scanner = try DelimitedScanner(separator: UInt8(ascii: ","), refill: refill)
      var columns = cells.map { _ in TrialFigure.allCases.map { _ in [Double]() } }
      var withoutWinner = cells.map { _ in 0 }
      let width = TrialsTable.keys.count
      guard try scanner.next(), scanner.fields.count == width + TrialFigure.allCases.count else {
        throw Self.damaged(line: 1)
      }
      for row in 0..<trials * cells.count {
        let (trial, cell) = row.quotientAndRemainder(dividingBy: cells.count)
        guard try scanner.next(), scanner.fields.count == width + TrialFigure.allCases.count,
          scanner.number(0) == Double(first + trial), scanner.number(3) == cells[cell].edge,
          scanner.number(4) == Double(cells[cell].strategies)
        else { throw Self.damaged(line: row + 2) }
        if scanner.text(6).isEmpty { withoutWinner[cell] += 1 }
        for figure in columns[cell].indices {
          columns[cell][figure].append(scanner.number(width + figure) ?? .nan)
        }
      }
      guard try !scanner.next() else { throw Self.damaged(line: trials * cells.count + 2) }
      self.columns = columns
      self.withoutWinner = withoutWinner
    } catch let error as TableError {
      throw Self.damaged(line: error.line ?? 1)
    }
  }

  private static func damaged(line: Int) -> ConfigurationError {
    .inTheWay(
      key: ArtifactKeys.partialTrials, found: "row \(line) damaged", needed: "every trial in its order",
      remedy: "remove the file to begin anew")
  }

  /// One figure of a cell, by trial; NaN where undefined.
  func values(_ figure: TrialFigure, cell: Int) -> [Double] { columns[cell][figure.place] }
}
