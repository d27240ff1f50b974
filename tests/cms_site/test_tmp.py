from tests.headless.upstream.test_search_queries import *
class T(SearchTests):
    def test_x(self):
        self.asker.raise_request_exception=True
        for name in SEARCHES:
            for typed in ["%s","-","NEAR(","\\","x" * 5000, "ß" * 5000, "a " * 500, "a-" * 500, '"a" ' * 500]:
                try:
                    assert self.asker.get(reverse(name), {"q": typed}).status_code==200
                except Exception as e:
                    import traceback
                    print("FAULT", name, repr(typed)[:30], type(e), str(e)[:300]); print("\n".join("TB "+l for l in traceback.format_exc().splitlines() if "File" in l)[-1500:])
