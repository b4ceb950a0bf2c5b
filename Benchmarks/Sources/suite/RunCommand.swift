import ArgumentParser
import Benchmarking
import Dispatch
import Foundation
import Kernels

/// Measures and writes the figures to a file.
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Measure everything, verified first.")

  @Option(help: "The program whose processes are timed.") var fluke: String
  @Option(help: "The folder for the figures.") var output: String
  @Option(help: "Cases, a list; `linear` stands for all that begin so (default: all).") var cases: String?
  @Option(help: "Threads at most (default: one a processor).") var threads: Int?
  @Flag(help: "Fewer repeats, and single precision alone.") var quick = false

  func run() throws {
    let threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
    guard threads >= 1 else { throw ValidationError("--threads: found \(threads), expected at least 1") }
    let folder = FileManager.default.temporaryDirectory.appending(path: "fluke-suite-\(getpid())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    let names = cases?.split(separator: ",").map(String.init) ?? []
    let chosen: [BenchmarkCase]
    do {
      chosen = try BenchmarkCase.choose(names, from: SuiteCases.all(fluke: fluke, folder: folder.path))
    } catch {
      throw ValidationError("--cases: \(error.name) is none of \(error.known.joined(separator: ", "))")
    }
    let machine = Machine.current(try OpenBLAS.prepareOrRestart(threads: threads))
    for warning in machine.warnings { note("warning: \(warning)\n") }
    let run = BenchmarkRun(
      cases: chosen, threads: threads, isQuick: quick,
      clock: { Double(DispatchTime.now().uptimeNanoseconds) / 1e9 },
      now: { Date().formatted(.iso8601) })
    var record = try run.record(on: machine) { note("\($0)\n") }
    record.million = MillionStrategies(
      cases: record.cases, threads: threads, market: "btc-1d", bars: BacktestCase.standardBars)

    let slug = machine.processor.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: "-")
    let name = "\(record.started.prefix(10))-\(slug)-\(machine.processors)-processors.json"
    try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    try Data(try record.json).write(to: URL(filePath: "\(output)/\(name)"), options: .atomic)
    for warning in record.warnings { note("warning: \(warning)\n") }
    print((record.heading + record.tables.flatMap { [""] + $0.text }).joined(separator: "\n"))
    note("figures are in \(output)/\(name)\n")
  }

  private func note(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
