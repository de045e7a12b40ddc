using System.Net;
using AnyFetch.Server.Directories;

namespace AnyFetch.Server.Tests.EndToEnd;

public sealed class StartingProviderHandlerTests
{
    private const string Form = "access_token=secret";

    [Fact]
    public async Task A_provider_that_is_still_starting_is_asked_again_with_the_whole_request()
    {
        using var provider = new StartingProvider(HttpStatusCode.Accepted);
        using var http = new HttpClient(new StartingProviderHandler(provider, TimeProvider.System));
        using var form = new StringContent(Form);

        using var response = await http.PostAsync(new Uri("http://provider.test/update"), form);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal([Form, Form, Form], provider.Bodies);
    }

    [Fact]
    public async Task Any_other_answer_is_given_as_it_is()
    {
        using var provider = new StartingProvider(HttpStatusCode.TooManyRequests);
        using var http = new HttpClient(new StartingProviderHandler(provider, TimeProvider.System));

        using var response = await http.GetAsync(new Uri("http://provider.test/account"));

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(3, provider.Bodies.Count);
    }

    /// <summary>Answers twice that it is starting.</summary>
    private sealed class StartingProvider(HttpStatusCode answer) : HttpMessageHandler
    {
        private const int Refusals = 2;

        public List<string> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            return new HttpResponseMessage(Bodies.Count > Refusals ? answer : HttpStatusCode.ServiceUnavailable);
        }
    }
}
