"""Developers' tools, each run by itself.

- `environment`: makes `.venv/` and `node_modules/` (`make environment`)
- `auto_runserver`: sets up and runs the site (`make run`); `processes` keeps its processes together
- `auto_cleancode`: formats the code (`make format`)
- `auto_clean_pyc_migrate`: deletes compiled files and the apps' migrations, after asking
- `messages`: brings the translations up to what the code says (`make messages`)
- `mutants`: mutation tests of the modules that `mutants.toml` names (`make mutants`)
- `query_utils`: which queries ran, how long, which again and again
- `deploy_static`: puts the built front end into a bucket (`make deploy-static`)
- `stack_file`: `docker-compose.yaml` as `docker stack deploy` takes it
- `set_basedb.sql`: the base data as SQL, for a database that Django did not migrate
"""
