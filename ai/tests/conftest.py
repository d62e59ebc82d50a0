import pytest


@pytest.fixture(autouse=True)
def similarity_dirs(settings, tmp_path):
    settings.SIMILARITY_DIR = str(tmp_path / "similarity")
    settings.SIMILARITY_K = 5
    settings.SIMILARITY_TASTE_K = 5
    settings.SIMILARITY_DASK = ""
    return tmp_path
