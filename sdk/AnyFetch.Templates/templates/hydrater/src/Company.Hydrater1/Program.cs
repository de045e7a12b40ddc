using AnyFetch.Hydrater.Http;
using Company.Hydrater1;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:5090");

// Files are fetched from AnyFetch: on the same machine, from a private address.
builder.Services.AddAnyFetchHydraterHost(options => options.AllowedPrivateHosts.Add("127.0.0.1"));

var app = builder.Build();
app.MapAnyFetchHydrater(new WordCounter());
app.Run();
