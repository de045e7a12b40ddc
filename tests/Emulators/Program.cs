using System.Text.Json.Nodes;
using AnyFetch.Emulators.Box;
using AnyFetch.Emulators.Dropbox;
using AnyFetch.Emulators.Google;
using AnyFetch.Emulators.Salesforce;

// dotnet run --project tests/Emulators -- http://127.0.0.1
// Sources to connect in the browser, each on a port of its own from 8199 on.
var host = args.FirstOrDefault() ?? "http://127.0.0.1";
await using var dropbox = await DropboxEmulator.StartAsync(url: host + ":8199");
dropbox.Files.Put("/Welcome/Getting started.txt", "Everything in this Dropbox can be found.");
dropbox.Files.Put("/Welcome/Bicycle.md", "# Bicycle\nThe blue one stands in the cellar.");
await using var drive = await DriveEmulator.StartAsync(url: host + ":8198");
drive.Files.Put("Kettle.txt", "The kettle whistles.", drive.Files.PutFolder("Kitchen"));
await using var gmail = await GmailEmulator.StartAsync(url: host + ":8197");
gmail.Box.Deliver(new MailEntry("Ben <ben@mail.test>", "The kite", "It flies over the garden."));
await using var box = await BoxEmulator.StartAsync(url: host + ":8196");
box.Files.AddFile("Ladder.txt", "The ladder leans on the wall.", box.Files.AddFolder("Shed").Id);
await using var salesforce = await SalesforceEmulator.StartAsync(url: host + ":8195");
salesforce.Records.Add("Contact", new JsonObject { ["Name"] = "Ann Lee", ["Email"] = "ann@acme.test" });
await Console.Out.WriteLineAsync($"Dropbox is emulated at {dropbox.Url}; see {dropbox.Url}control.");
await Console.Out.WriteLineAsync($"Google Drive is emulated at {drive.Url}, Gmail at {gmail.Url}.");
await Console.Out.WriteLineAsync($"Box is emulated at {box.Url}, Salesforce at {salesforce.Url}.");
await dropbox.WaitAsync();
