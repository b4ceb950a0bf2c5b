import ArgumentParser
import Pipeline

/// The artifacts to somewhere else.
struct UploadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload", abstract: "Copy the results of a run to a bucket or another directory.",
    discussion: """
      --upload says where to. Files that are there already with the same bytes are skipped, and run.json goes last, so that the same command \
      continues an interrupted upload. Credentials, region and server are found as AWS tools find them.

      Example:
        fluke upload --store run --upload copy
      """)

  @Option(
    help: ArgumentHelp("Directory of the run, or s3://bucket/prefix (default: output).", valueName: "dir"),
    completion: .directory)
  var store = "output"
  @OptionGroup var upload: UploadArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  @Flag(help: "Print what was done as one JSON object, with --quiet too.")
  var json = false

  @Flag(help: "Continue an interrupted upload, as every upload does.")
  var resume = false

  func run() throws {
    try OptionUse.check(places: [store], upload: upload.upload ?? "")
    guard let target = try upload.target(work: work), let place = upload.upload else {
      throw ConfigurationError.outOfRange(
        option: "upload", found: "nothing", needed: "s3://bucket/prefix or a directory")
    }
    let report = try upload.run(with: work, from: try work.store(at: store, option: "store"), to: target)
    if json {
      try Console.write(document: try report.json)
    } else {
      try work.say("uploaded \(report.text), to \(place)")
    }
  }
}
