using AnyFetch.Emulators.Dropbox;

// dotnet run --project tests/Emulators -- http://127.0.0.1:8199
// A Dropbox to connect in the browser, and to break through /control.
await using var dropbox = await DropboxEmulator.StartAsync(url: args.FirstOrDefault() ?? "http://127.0.0.1:8199");
dropbox.Files.Put("/Welcome/Getting started.txt", "Everything in this Dropbox can be found.");
dropbox.Files.Put("/Welcome/Bicycle.md", "# Bicycle\nThe blue one stands in the cellar.");
await Console.Out.WriteLineAsync($"Dropbox is emulated at {dropbox.Url}; see {dropbox.Url}control.");
await dropbox.WaitAsync();
