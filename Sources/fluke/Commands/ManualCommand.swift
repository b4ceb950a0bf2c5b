import ArgumentParser

/// The manual page.
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page, for `man`.",
    discussion: """
      Read it with `fluke manual | man -l -`, or save it as fluke.1 in a folder of manual pages.

      Example:
        fluke manual
      """)

  func run() throws {
    try Console.write(document: ManualPage(try CommandManual.program()).lines.joined(separator: "\n"))
  }
}
