import ArgumentParser
import Pipeline

/// The artifacts to somewhere else.
struct UploadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upload", abstract: "Copy the artifacts of a store to a bucket or another directory.",
    discussion: """
      What is there already with the same bytes is skipped, and run.json goes last: an upload that was interrupted is
      continued by giving the same command again. Credentials, region and server are
      found as the AWS tools find them.

      Example:
        fluke upload --store run --upload copy
      """)

  @OptionGroup var store: StoreArguments
  @OptionGroup var upload: UploadArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  @Flag(help: "Print what was done as one JSON object.")
  var json = false

  @Flag(help: "Go on where an earlier upload was interrupted, which every upload does.")
  var resume = false

  func run() throws {
    guard let target = try upload.target(work: work), let place = upload.upload else {
      throw ConfigurationError.outOfRange(
        option: "upload", found: "nothing", needed: "s3://bucket/prefix or a directory")
    }
    let report = try upload.run(from: try work.store(at: store.store, option: "store"), to: target)
    if json {
      try Console.write([try report.json])
    } else {
      try work.say("\(place): \(report.text)")
    }
  }
}
