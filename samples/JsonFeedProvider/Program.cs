using AnyFetch.Provider;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(new HttpClient());
builder.Services.AddAnyFetchProvider<FeedProvider>("feed", options => options.ReadEnvironment(builder.Configuration));

var app = builder.Build();
app.MapAnyFetchProvider("feed");
app.Run();
