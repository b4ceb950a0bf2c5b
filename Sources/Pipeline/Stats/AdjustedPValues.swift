import Artifacts
import Statistics
import Stores

/// P-values that were made elsewhere, adjusted for the number of tests.
public struct AdjustedPValues: Sendable {
  /// The level at which ``text(directory:)`` counts.
  public static let level = 0.05

  /// The name of the file.
  public let file: String
  /// The tests.
  public let names: [String]
  /// Their p-values, NaN where undefined.
  public let pValues: [Double]
  /// The tests that were made, those at hand included.
  public let tests: Int
  /// By way of adjustment, in the order of the tests.
  public let adjusted: [(adjustment: PValueAdjustment, values: [Double])]

  /// Reads the file at `path`, adjusts, and stores `results/adjusted_p_values.csv`.
  ///
  /// - Parameter tests: how many were made, where they are more than those in the file.
  /// - Throws: ``ImportError``, ``ConfigurationError``, `StoreError`.
  public static func run(path: String, tests: Int?, in workplace: Workplace) throws -> AdjustedPValues {
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    let found = try PValuesReader().read(path: path)
    let tests = tests ?? found.values.count
    guard tests >= found.values.count, tests <= Configuration.mostStrategies else {
      throw ConfigurationError.outOfRange(
        option: "trials", found: "\(tests)",
        needed: "\(found.values.count), the p-values in the file, to \(Configuration.mostStrategies)")
    }
    let tested = try TestedTogether(found.values, tests: tests)
    let adjusted = PValueAdjustment.allCases.map { (adjustment: $0, values: tested.adjusted(by: $0)) }
    let report = AdjustedPValues(
      file: InputFile.name(ofPath: path), names: found.names, pValues: found.values, tests: tests,
      adjusted: adjusted)
    try workplace.removeEarlierSet()
    try workplace.store.put(ArtifactKeys.adjustedPValues, report.csv)
    return report
  }

  private var csv: [UInt8] {
    var table = CSVEncoder()
    for name in ["test", "p_value"] + adjusted.map(\.adjustment.rawValue) { table.append(name) }
    table.endRow()
    for index in names.indices {
      table.append(names[index])
      table.append(pValues[index])
      for column in adjusted { table.append(column.values[index]) }
      table.endRow()
    }
    return table.bytes
  }

  /// All p-values as one JSON document, those that are undefined as null.
  public func document() throws -> [UInt8] {
    let rows = names.indices.map { index -> JSONValue in
      var members: [String: JSONValue] = ["test": .text(names[index]), "p_value": .number(pValues[index])]
      for column in adjusted { members[column.adjustment.rawValue] = .number(column.values[index]) }
      return .object(members)
    }
    return try JSONDocument.encode(["tests": .integer(tests), "p_values": .list(rows)] as JSONValue)
  }

  /// The table for a terminal, a line an entry.
  public func text(directory: String) -> [String] {
    let undefined = pValues.count { $0.isNaN }
    var lines = [
      "Fluke stats: \(file), \(Figures.count(names.count, "p-value", "p-values")) of "
        + Figures.count(tests, "test", "tests")
        + (undefined > 0 ? ", \(Figures.count(undefined)) undefined" : ""), "",
    ]
    func row(_ name: String, _ values: [Double]) -> String {
      let least = values.filter { !$0.isNaN }.min() ?? .nan
      let count = values.count { $0 <= Self.level }
      return "  " + name.padded(to: 26) + Figures.decimals(least, 6).padded(to: 12)
        + "smallest; \(Figures.count(count)) of \(Figures.count(values.count)) at or below \(Self.level)"
    }
    lines.append(row("as they are", pValues))
    for column in adjusted {
      lines.append(row(column.adjustment.title, column.values))
    }
    lines += ["", "  artifacts     \(directory)/\(ArtifactKeys.adjustedPValues)"]
    return lines
  }
}

extension PValueAdjustment {
  /// The way as literature names it, with its year.
  var title: String {
    switch self {
    case .bonferroni: "Bonferroni 1936"
    case .sidak: "Šidák 1967"
    case .holm: "Holm 1979"
    case .benjaminiHochberg: "Benjamini-Hochberg 1995"
    case .benjaminiYekutieli: "Benjamini-Yekutieli 2001"
    case .harveyLiu: "Harvey-Liu BHY 2015"
    }
  }
}
