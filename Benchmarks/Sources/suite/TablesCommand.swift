import ArgumentParser
import Benchmarking
import Foundation

/// Makes tables of a file of figures.
struct TablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "Print the tables of a file of figures as Markdown.")

  @Argument(help: "The file, as `suite run` or `fluke bench --output` wrote it.") var file: String
  @Option(help: "Put them into this file instead, between its marks for figures.") var into: String?

  /// Lines between which the tables stand.
  private static let marks = (first: "<!-- figures -->", last: "<!-- end of figures -->")

  func run() throws {
    let record = try BenchmarkRecord(
      json: [UInt8](try Data(contentsOf: URL(filePath: file))), document: file)
    let lines = record.heading.map { $0 + "  " } + record.tables.flatMap { [""] + $0.markdown }
    guard let into else { return print(lines.joined(separator: "\n")) }
    let page = try String(contentsOf: URL(filePath: into), encoding: .utf8)
    guard let first = page.range(of: Self.marks.first), let last = page.range(of: Self.marks.last),
      first.upperBound <= last.lowerBound
    else {
      throw ValidationError(
        "\(into): found no marks for figures, expected \(Self.marks.first) and \(Self.marks.last); add them")
    }
    let source = "From `\(URL(filePath: file).lastPathComponent)`."
    let figures = (["", source, ""] + lines + [""]).joined(separator: "\n")
    let changed = page[..<first.upperBound] + figures + page[last.lowerBound...]
    try Data(changed.utf8).write(to: URL(filePath: into), options: .atomic)
  }
}
